package org.cloudmdirsync.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.cloudmdirsync.unix.AllowedPeers;
import org.cloudmdirsync.unix.UserDatabase;

/**
 * Reads {@code allow=["Debian-exim", "group:mail", "/usr/sbin/exim4"]}: users, groups with their
 * members of now, and programs.
 */
final class AllowList {
  private static final String GROUP = "group:";

  private final Set<Integer> users = new LinkedHashSet<>();
  private final Set<Integer> groups = new LinkedHashSet<>();
  private final Set<Path> programs = new LinkedHashSet<>();

  private AllowList() {}

  static AllowedPeers of(Located list) {
    AllowList read = new AllowList();
    for (Located item : list.items()) {
      try {
        read.add(item, item.filledText());
      } catch (IOException failed) {
        throw item.rejected("cannot be looked up: " + failed.getMessage());
      }
    }
    return new AllowedPeers(
        Set.copyOf(read.users), Set.copyOf(read.groups), Set.copyOf(read.programs));
  }

  private void add(Located item, String text) throws IOException {
    if (text.startsWith("/")) {
      programs.add(program(item, Path.of(text)));
    } else if (text.startsWith(GROUP)) {
      String name = text.substring(GROUP.length());
      groups.add(
          UserDatabase.group(name).orElseThrow(() -> unknown(item, "group", name, groupNames())));
      users.addAll(UserDatabase.members(name));
    } else {
      users.add(
          UserDatabase.user(text).orElseThrow(() -> unknown(item, "user", text, userNames())));
    }
  }

  /** Links are followed, since the system names the file itself. */
  private static Path program(Located item, Path file) throws IOException {
    if (!Files.isExecutable(file) || Files.isDirectory(file)) {
      throw new Rejected(item.position(), "there is no program " + file);
    }
    return file.toRealPath();
  }

  private static Rejected unknown(Located item, String what, String name, List<String> known) {
    return new Rejected(
        item.position(),
        "this system knows no %s \"%s\"%s".formatted(what, name, Suggestion.of(name, known)));
  }

  private static List<String> userNames() {
    try {
      return UserDatabase.userNames();
    } catch (IOException noSuggestion) {
      return List.of();
    }
  }

  private static List<String> groupNames() {
    try {
      return UserDatabase.groupNames();
    } catch (IOException noSuggestion) {
      return List.of();
    }
  }
}
