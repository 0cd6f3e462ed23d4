package org.cloudmdirsync.unix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The system's users and groups, asked through getent(1): that knows what nsswitch.conf(5) says,
 * LDAP for instance, where reading /etc/passwd would not.
 */
public final class UserDatabase {
  private UserDatabase() {}

  /** A user's number. */
  public static Optional<Integer> user(String name) throws IOException {
    return isNumber(name)
        ? Optional.empty()
        : entry("passwd", name).map(fields -> number(fields, 2));
  }

  /** A user's name. */
  public static Optional<String> userName(int uid) throws IOException {
    return entry("passwd", Integer.toUnsignedString(uid)).map(fields -> fields.getFirst());
  }

  /** A group's number. */
  public static Optional<Integer> group(String name) throws IOException {
    return isNumber(name)
        ? Optional.empty()
        : entry("group", name).map(fields -> number(fields, 2));
  }

  /** The users who are listed as a group's members; those whose first group it is are not. */
  public static Set<Integer> members(String group) throws IOException {
    List<String> names =
        entry("group", group)
            .filter(fields -> fields.size() > 3 && !fields.get(3).isEmpty())
            .map(fields -> List.of(fields.get(3).split(",")))
            .orElse(List.of());
    Set<Integer> members = new LinkedHashSet<>();
    for (String name : names) {
      user(name).ifPresent(members::add);
    }
    return members;
  }

  /** All users that can be listed, for a suggestion. */
  public static List<String> userNames() throws IOException {
    return names("passwd");
  }

  /** All groups that can be listed, for a suggestion. */
  public static List<String> groupNames() throws IOException {
    return names("group");
  }

  private static List<String> names(String database) throws IOException {
    return getent(database).lines().map(line -> line.split(":", 2)[0]).toList();
  }

  private static Optional<List<String>> entry(String database, String key) throws IOException {
    return getent(database, "--", key)
        .lines()
        .findFirst()
        .map(line -> List.of(line.split(":", -1)));
  }

  private static int number(List<String> fields, int at) {
    return Integer.parseUnsignedInt(fields.get(at));
  }

  /** getent takes a number, too; in a configuration it would most likely be a mistake. */
  private static boolean isNumber(String name) {
    return name.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static String getent(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("getent"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }
}
