package org.cloudmdirsync.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the control socket is: {@code cloud-mdir-sync/HASH.sock} in the runtime directory. HASH
 * follows from the configuration's real path, so {@code -c FILE} picks the daemon, and nobody reads
 * the file to find it.
 */
public final class ControlSocket {
  private static final String OURS = "cloud-mdir-sync";

  /** Half a million configurations of one user would have to meet by chance. */
  private static final int HASH_BYTES = 8;

  private ControlSocket() {}

  /** Where the daemon of this configuration makes it. */
  static Path forDaemon(Path configuration, Map<String, String> environment) {
    return directories(environment).getFirst().resolve(name(configuration));
  }

  /**
   * Where a command finds it. It may run elsewhere than the daemon: in a shell beside a service of
   * systemd's, or as root.
   */
  static Path forClient(Path configuration, Map<String, String> environment) {
    List<Path> places = new ArrayList<>(directories(environment));
    places.add(Path.of("/run", OURS, OURS));
    String name = name(configuration);
    return places.stream()
        .map(place -> place.resolve(name))
        .filter(Files::exists)
        .findFirst()
        .orElse(places.getFirst().resolve(name));
  }

  /** Makes the directory, which nobody else may enter. */
  static void prepare(Path directory) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Set<PosixFilePermission> others = EnumSet.copyOf(Files.getPosixFilePermissions(directory));
    others.removeAll(PosixFilePermissions.fromString("rwx------"));
    if (!others.isEmpty()) {
      throw new IOException(
          "others may enter %s, so no commands are taken there: chmod 0700 %s"
              .formatted(directory, directory));
    }
  }

  private static List<Path> directories(Map<String, String> environment) {
    List<Path> found = new ArrayList<>();
    // systemd separates several with colons; the first is the unit's own.
    for (String variable : List.of("XDG_RUNTIME_DIR", "RUNTIME_DIRECTORY")) {
      String directory = environment.getOrDefault(variable, "").split(":", -1)[0];
      if (directory.startsWith("/")) {
        found.add(Path.of(directory, OURS));
      }
    }
    Path usual = Path.of("/run/user", userId());
    if (Files.isDirectory(usual)) {
      found.add(usual.resolve(OURS));
    }
    found.add(state(environment).resolve(OURS));
    return found;
  }

  private static Path state(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "/"));
    return state.startsWith("/") ? Path.of(state) : Path.of(home, ".local/state");
  }

  private static String userId() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
    } catch (IOException | UnsupportedOperationException notLinux) {
      return "-";
    }
  }

  private static String name(Path configuration) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(real(configuration).toString().getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, HASH_BYTES) + ".sock";
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  private static Path real(Path configuration) {
    try {
      return configuration.toRealPath();
    } catch (IOException gone) {
      return configuration.toAbsolutePath().normalize();
    }
  }
}
