package org.cloudmdirsync.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A mail program, in a home directory of its own.
 *
 * @param scene everybody it meets
 * @param condition how things stand
 * @param home where its files are
 * @param mechanism what takes the place of XOAUTH2 in the examples
 */
record Visit(DoorScene scene, Condition condition, Path home, String mechanism) {
  /** The same with the other mechanism. */
  Visit oauthbearer() {
    return new Visit(scene, condition, home, "OAUTHBEARER");
  }

  /** Copies an example into the home directory, filled in, for the user's eyes only. */
  Path example(String name, String target) throws IOException {
    Path file = home.resolve(target);
    Files.createDirectories(file.getParent());
    String filled = scene.example(name, condition);
    Files.writeString(
        file,
        filled
            .replace("XOAUTH2", mechanism)
            .replace("xoauth2", mechanism.toLowerCase(Locale.ROOT)));
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  /** Makes a Maildir. */
  Visit maildir() throws IOException {
    for (String each : List.of("cur", "new", "tmp")) {
      Files.createDirectories(home.resolve("Maildir").resolve(each));
    }
    return this;
  }

  /** Runs an installed program with this input. */
  Run run(String input, String program, String... arguments)
      throws IOException, InterruptedException {
    return Run.of(environment(), input, command(program, arguments));
  }

  /**
   * The same as nobody, for a program that root may not start; every file here is nobody's then.
   */
  Run runAsNobody(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = command(program, arguments);
    if ("root".equals(System.getProperty("user.name"))) {
      Run.of(Map.of(), "", List.of(Programs.installed("chown"), "-R", "nobody", home.toString()));
      List<String> setpriv = command("setpriv", "--reuid=nobody", "--regid=nogroup");
      setpriv.add("--clear-groups");
      command.addAll(0, setpriv);
    }
    return Run.of(environment(), "", command);
  }

  /** Opens an installed program on a terminal. */
  Terminal open(String program, String... arguments) throws IOException {
    return Terminal.open(environment(), command(program, arguments));
  }

  /** What a program finds in its environment. */
  Map<String, String> environment() {
    return scene.environment(home);
  }

  private static List<String> command(String program, String... arguments) {
    List<String> command = new ArrayList<>(List.of(Programs.installed(program)));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Whether a file here contains these words. */
  boolean has(String words) throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      for (Path each : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(each, StandardCharsets.ISO_8859_1).contains(words)) {
          return true;
        }
      }
    }
    return false;
  }
}
