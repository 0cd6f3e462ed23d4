package org.cloudmdirsync.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
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
  /** A recording JVM takes some seconds to write its cache; machines may be slow. */
  private static final long PATIENCE_MINUTES = 5;

  /**
   * The client asks a daemon for a token. It does not try it on a mail server: every class in the
   * cache is loaded at every start, and those of TLS cost 25 ms.
   */
  void client(Program program) throws IOException, InterruptedException {
    image.write(program, program.trainingScript());
    Path socket = Files.createTempDirectory("cms").resolve("sock");
    try (CredentialServer _ =
        CredentialServer.open(socket, 0600, (_, _) -> new CredentialAnswer.Ready(credential()))) {
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

  /**
   * The daemon starts with a refresh token of an earlier sign-in, as it does every day. The sign-in
   * and the page stay out of the cache, for the same reason: 2 MB and a tenth of a start.
   */
  void daemon(Program program) throws IOException, InterruptedException {
    try (Rehearsal rehearsal = Rehearsal.open(image, log(program))) {
      image.write(program, program.launchScript());
      rehearsal.signIn();
      image.write(program, program.trainingScript());
      rehearsal.startAgain();
    }
    awaitCache(program);
    image.write(program, program.launchScript());
  }

  /** The same, but what is recorded are the names of the classes, as the JVM writes them. */
  void classes(Program program, Path recorded) throws IOException, InterruptedException {
    try (Rehearsal rehearsal = Rehearsal.open(image, log(program))) {
      image.write(program, program.packagedScript());
      rehearsal.signIn();
      image.write(program, program.recordingScript(recorded));
      rehearsal.startAgain();
    }
    if (Files.size(recorded) == 0) {
      throw failed(program);
    }
  }

  private static CredentialReply credential() {
    return new CredentialReply.Credential(
        "user@example.com", Secret.of("x".repeat(1500)), OptionalLong.empty());
  }

  private void run(ProcessBuilder builder, Program program)
      throws IOException, InterruptedException {
    Process training =
        builder.redirectErrorStream(true).redirectOutput(log(program).toFile()).start();
    if (!training.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
      training.destroyForcibly();
    }
    if (training.waitFor() != 0) {
      throw failed(program);
    }
    awaitCache(program);
  }

  private void awaitCache(Program program) throws IOException {
    recorders(program)
        .forEach(jvm -> jvm.onExit().orTimeout(PATIENCE_MINUTES, TimeUnit.MINUTES).join());
    if (!Files.exists(image.lib().resolve(program.cache()))) {
      throw failed(program);
    }
  }

  private IllegalStateException failed(Program program) throws IOException {
    return new IllegalStateException(
        "the training run of " + program.name() + " failed:\n" + Files.readString(log(program)));
  }

  private Path log(Program program) {
    return image.directory().resolveSibling(program.name() + ".training.log");
  }

  /** The JVMs that still write this program's cache: a daemon does so after it was stopped. */
  private Stream<ProcessHandle> recorders(Program program) {
    String cache = image.directory().getFileName() + "/bin/../lib/cms/" + program.cache();
    return ProcessHandle.allProcesses()
        .filter(jvm -> jvm.info().commandLine().orElse("").contains(cache));
  }
}
