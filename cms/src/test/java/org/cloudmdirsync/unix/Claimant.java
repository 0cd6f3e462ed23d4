package org.cloudmdirsync.unix;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process that claims every socket it is told of, and goes on serving those it won. */
record Claimant(Process process, BufferedReader outcomes) implements AutoCloseable {

  /** Returns when it is ready. */
  static Claimant start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Claimant.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Claimant claimant = new Claimant(process, process.inputReader());
    claimant.outcome();
    return claimant;
  }

  void tell(Path socket) throws IOException {
    process.outputWriter().write(socket + "\n");
    process.outputWriter().flush();
  }

  /** {@code won}, or why not. */
  String outcome() throws IOException {
    return String.valueOf(outcomes.readLine());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  public static void main(String[] arguments) throws IOException {
    System.out.println("ready");
    BufferedReader sockets =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String socket = sockets.readLine(); socket != null; socket = sockets.readLine()) {
      try {
        SocketFile.claim(Path.of(socket), 0600);
        System.out.println("won");
      } catch (IOException lost) {
        System.out.println(lost.getClass().getSimpleName());
      }
    }
  }
}
