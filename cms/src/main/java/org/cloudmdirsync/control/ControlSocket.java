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
  private static final Path OURSELVES = Path.of("/proc/self");

  /** Half a million configurations of one user would have to meet by chance. */
  private static final int HASH_BYTES = 8;

  private ControlSocket() {}

  /** Where the daemon of this configuration makes it. */
  static Path forDaemon(Path configuration, Map<String, String> environment) {
    // Under sudo the variable may name another user's directory, or one that is not there.
    return runtime(environment).stream()
        .filter(ControlSocket::isOurs)
        .findFirst()
        .orElseGet(() -> state(environment))
        .resolve(OURS)
        .resolve(name(configuration));
  }

  /**
   * Where a command finds it. It may run elsewhere than the daemon: in a shell beside a service of
   * systemd's, or as root.
   */
  static Path forClient(Path configuration, Map<String, String> environment) {
    List<Path> places = new ArrayList<>(runtime(environment));
    places.add(state(environment));
    places.add(Path.of("/run", OURS));
    return places.stream()
        .map(place -> place.resolve(OURS).resolve(name(configuration)))
        .filter(Files::exists)
        .findFirst()
        .orElseGet(() -> forDaemon(configuration, environment));
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

  private static List<Path> runtime(Map<String, String> environment) {
    List<Path> found = new ArrayList<>();
    // systemd separates several with colons; the first is the unit's own.
    for (String variable : List.of("XDG_RUNTIME_DIR", "RUNTIME_DIRECTORY")) {
      String directory = environment.getOrDefault(variable, "").split(":", -1)[0];
      if (directory.startsWith("/")) {
        found.add(Path.of(directory));
      }
    }
    found.add(Path.of("/run/user", owner(OURSELVES)));
    return found;
  }

  private static boolean isOurs(Path directory) {
    return Files.isDirectory(directory) && owner(directory).equals(owner(OURSELVES));
  }

  private static Path state(Map<String, String> environment) {
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    String home = environment.getOrDefault("HOME", System.getProperty("user.home", "/"));
    return state.startsWith("/") ? Path.of(state) : Path.of(home, ".local/state");
  }

  private static String owner(Path file) {
    try {
      return Files.getAttribute(file, "unix:uid").toString();
    } catch (IOException | UnsupportedOperationException unknown) {
      return "unknown";
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
