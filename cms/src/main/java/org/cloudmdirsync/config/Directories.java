package org.cloudmdirsync.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** The user's directories (XDG Base Directory Specification), and paths as a user writes them. */
final class Directories {
  private static final String OURS = "cloud-mdir-sync";

  private final Map<String, String> environment;

  Directories(Map<String, String> environment) {
    this.environment = environment;
  }

  Path config() {
    return base("XDG_CONFIG_HOME", ".config").resolve(OURS);
  }

  Path state() {
    return base("XDG_STATE_HOME", ".local/state").resolve(OURS);
  }

  /** As in the original. */
  Path messages() {
    return home().resolve("mail/.cms");
  }

  /** Relative paths in these variables are invalid and to be ignored, says the specification. */
  private Path base(String variable, String inHome) {
    String value = environment.getOrDefault(variable, "");
    return value.startsWith("/") ? Path.of(value) : home().resolve(inHome);
  }

  private Path home() {
    String home = environment.getOrDefault("HOME", "");
    return Path.of(home.isEmpty() ? System.getProperty("user.home", "/") : home);
  }

  /** A path with {@code ~} resolved; relative to where the program was started, as ever. */
  Path path(Located located) {
    String text = located.filledText();
    if (text.startsWith("~") && !text.equals("~") && !text.startsWith("~/")) {
      throw located.rejected("may begin with \"~/\", but not with another user's home");
    }
    try {
      Path path =
          text.startsWith("~")
              ? home().resolve(text.substring(Math.min(2, text.length())))
              : Path.of(text);
      return path.toAbsolutePath().normalize();
    } catch (InvalidPathException invalid) {
      throw located.rejected("is not a path");
    }
  }
}
