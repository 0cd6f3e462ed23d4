package org.cloudmdirsync.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.cloudmdirsync.credential.CredentialAnswer;
import org.cloudmdirsync.credential.CredentialReply;
import org.cloudmdirsync.credential.CredentialServer;
import org.cloudmdirsync.secret.Secret;

/**
 * Runs each program once as its users do, so that the JVM records what to keep in its AOT cache.
 */
record Training(Image image) {
  /**
   * A demo takes seconds, and a recording JVM some more to write its cache; machines may be slow.
   */
  private static final long PATIENCE_MINUTES = 5;

  /**
   * The client asks a daemon for a token. It does not try it on a mail server: every class in the
   * cache is loaded at every start, and those of TLS cost 25 ms.
   */
  void client(Program program) throws IOException, InterruptedException {
    image.write(program, program.trainingScript());
    Path socket = Files.createTempDirectory("cms").resolve("sock");
    try (CredentialServer _ =
        CredentialServer.open(socket, 0600, _ -> new CredentialAnswer.Ready(credential()))) {
      run(
          new ProcessBuilder(
              image.bin().resolve(program.name()).toString(),
              "--user=user@example.com",
              "--cms_sock=" + socket,
              "--output=token"),
          program);
    }
    Files.delete(socket.getParent());
    image.write(program, program.launchScript());
  }

  /** The demo starts the daemon, signs in, fetches tokens, sees a refresh, and stops it. */
  void daemon(Program program) throws IOException, InterruptedException {
    image.write(program, program.trainingScript());
    run(new ProcessBuilder(demo(program)), program);
    image.write(program, program.launchScript());
  }

  private static CredentialReply credential() {
    return new CredentialReply.Credential("user@example.com", Secret.of("x".repeat(1500)));
  }

  private List<String> demo(Program program) {
    String classPath =
        String.join(
            ":", program.jars().stream().map(jar -> image.lib().resolve(jar).toString()).toList());
    return List.of(
        image.bin().resolve("java").toString(), "-cp", classPath, program.mainClass(), "demo");
  }

  private void run(ProcessBuilder builder, Program program)
      throws IOException, InterruptedException {
    Path log = image.directory().resolveSibling(program.name() + ".training.log");
    Process training = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!training.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      training.destroyForcibly();
    }
    recorders(program)
        .forEach(jvm -> jvm.onExit().orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES).join());
    if (!Files.exists(image.lib().resolve(program.cache()))) {
      throw new IllegalStateException(
          "the training run of " + program.name() + " failed:\n" + Files.readString(log));
    }
  }

  /** The JVMs that still write this program's cache: a daemon does so after it was stopped. */
  private Stream<ProcessHandle> recorders(Program program) {
    String cache = image.directory().getFileName() + "/bin/../lib/cms/" + program.cache();
    return ProcessHandle.allProcesses()
        .filter(jvm -> jvm.info().commandLine().orElse("").contains(cache));
  }
}
