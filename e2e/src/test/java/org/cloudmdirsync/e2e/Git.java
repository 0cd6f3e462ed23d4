package org.cloudmdirsync.e2e;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The real git with a home directory of its own, in which our examples are its configuration, with
 * the pretend cloud's addresses filled in. It finds our programs on its path.
 */
record Git(Scene scene, Path home) {
  /** In the scene's own directory. */
  static Git in(Scene scene) throws IOException {
    Git git = new Git(scene, directoryOf(scene.broker.configuration()));
    git.copy("gitconfig", "\n[sendemail]\n\tsmtpSSLCertPath = %s\n");
    git.copy("msmtprc", "");
    return git;
  }

  private void copy(String example, String addition) throws IOException {
    String filledIn = scene.example(example).replace("/usr/bin/msmtp", Programs.installed("msmtp"));
    Path file =
        Files.createFile(
            home.resolve("." + example),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(file, filledIn + addition.formatted(scene.cloud.caFile()));
  }

  /** Runs git with these arguments. */
  Run run(String input, String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(Programs.installed("git"), "-C", home.toString()));
    command.addAll(List.of(arguments));
    return Run.of(environment(), input, command);
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(scene.broker.environment());
    String ours = directoryOf(Path.of(Programs.built("git-credential-cms"))).toString();
    environment.put("PATH", ours + File.pathSeparator + System.getenv("PATH"));
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("GIT_TERMINAL_PROMPT", "0");
    return environment;
  }

  private static Path directoryOf(Path file) {
    return Objects.requireNonNull(file.getParent());
  }
}
