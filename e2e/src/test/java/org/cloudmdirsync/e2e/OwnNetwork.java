package org.cloudmdirsync.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A program in a network with nothing but a loopback interface, where we say who has which name, as
 * which port, and whom to trust: so that a product nobody has configured for a test meets the
 * pretend cloud at the real cloud's addresses.
 */
final class OwnNetwork {
  /** Who sits in the network and what it may be called. */
  static final List<String> NAMES =
      List.of(
          "login.microsoftonline.com",
          "smtp.office365.com",
          "accounts.google.com",
          "oauth2.googleapis.com",
          "openidconnect.googleapis.com",
          "smtp.gmail.com",
          "imap.gmail.com");

  /** What the specification calls /var/run/user/XXX. */
  static final Path RUNTIME_DIRECTORY = Path.of("/var/run/user/1000");

  private static final Path BUNDLE = Path.of("/etc/ssl/certs/ca-certificates.crt");

  // The mounts are seen by these processes alone, and end with them. Nothing of the tester's
  // environment comes in: it may name a bundle, a proxy, a state directory.
  private static final String SCRIPT =
      """
      set -e
      ip link set lo up
      mount --bind "$1/hosts" /etc/hosts
      mount --bind "$1/bundle.pem" BUNDLE
      mount -t tmpfs tmpfs /run
      mkdir -p RUNTIME_DIRECTORY
      shift
      exec env -i PATH="$PATH" "$@"
      """
          .replace("BUNDLE", BUNDLE.toString())
          .replace("RUNTIME_DIRECTORY", RUNTIME_DIRECTORY.toString());

  private OwnNetwork() {}

  /** Runs a class's main method in there; without the right to make one, the test is left out. */
  static Run run(Path directory, Class<?> main, String argument)
      throws IOException, InterruptedException {
    Programs.installed("ip");
    assumeTrue(Files.exists(BUNDLE), () -> BUNDLE + " is missing: ./check install");
    List<String> unshare = unshare();
    Run trial = Run.of(Map.of(), "", with(unshare, "true"));
    assumeTrue(trial.status() == 0, () -> "no network of our own is allowed: " + trial.said());
    Files.writeString(directory.resolve("hosts"), hosts());
    Files.copy(BUNDLE, directory.resolve("bundle.pem"));
    return Run.of(
        Map.of(),
        "",
        with(
            unshare,
            "sh",
            "-c",
            SCRIPT,
            "sh",
            directory.toString(),
            Path.of(System.getProperty("java.home"), "bin/java").toString(),
            "-Dcms.home=" + System.getProperty("cms.home"),
            "-Dcms.top=" + System.getProperty("cms.top"),
            "-cp",
            Objects.requireNonNull(System.getProperty("java.class.path")),
            main.getName(),
            directory.toString(),
            argument));
  }

  /** Called in there: the system's bundle of authorities has one more. */
  static void trust(Path directory, Path authority) throws IOException {
    Files.writeString(
        directory.resolve("bundle.pem"), Files.readString(authority), StandardOpenOption.APPEND);
  }

  private static List<String> unshare() {
    boolean root = "root".equals(System.getProperty("user.name"));
    List<String> command = List.of(Programs.installed("unshare"), "--net", "--mount");
    return root ? command : with(command, "--map-root-user");
  }

  private static String hosts() {
    return "127.0.0.1 localhost " + String.join(" ", NAMES) + "\n";
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
  }
}
