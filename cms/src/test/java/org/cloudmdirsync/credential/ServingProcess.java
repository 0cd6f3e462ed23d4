package org.cloudmdirsync.credential;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.secret.Secret;

/** A server whose clients never end by themselves, in a process that can run out of descriptors. */
record ServingProcess(Process process) implements AutoCloseable {

  /** Returns when it serves. */
  static ServingProcess start(Path socket, Path log) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServingProcess.class.getName(),
                socket.toString())
            .redirectError(log.toFile())
            .start();
    if (process.getInputStream().read() != '.') {
      throw new IOException("the server did not start: " + Files.readString(log));
    }
    return new ServingProcess(process);
  }

  /** Leaves it room for so many descriptors more; prlimit(1) is in util-linux. */
  void leaveRoomFor(int descriptors) throws IOException, InterruptedException {
    Set<Integer> taken;
    try (Stream<Path> list = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
      taken =
          list.map(fd -> Integer.valueOf(fd.getFileName().toString())).collect(Collectors.toSet());
    }
    // The limit is one of numbers, and some below the highest are free.
    int limit =
        IntStream.iterate(0, number -> number + 1)
                .filter(number -> !taken.contains(number))
                .limit(descriptors)
                .max()
                .orElse(0)
            + 1;
    int status =
        new ProcessBuilder("prlimit", "--pid=" + process.pid(), "--nofile=" + limit)
            .inheritIO()
            .start()
            .waitFor();
    if (status != 0) {
      throw new IOException("prlimit ended with " + status);
    }
  }

  Duration cpu() {
    return process.toHandle().info().totalCpuDuration().orElseThrow();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws Exception {
    Limits limits =
        new Limits(Duration.ofHours(1), Duration.ofHours(1), Duration.ofSeconds(2), 768);
    CredentialServer.open(
        Path.of(arguments[0]),
        0600,
        limits,
        request -> new CredentialAnswer.Ready(new Credential(request.user(), Secret.of("tok.en"))));
    System.out.println(".");
    Thread.currentThread().join();
  }
}
