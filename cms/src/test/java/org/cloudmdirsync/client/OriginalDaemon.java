package org.cloudmdirsync.client;

import java.io.IOException;
import java.nio.file.Path;

/** A stand-in for the original's daemon: it reads to the end of file and writes one reply. */
record OriginalDaemon(Process process) implements AutoCloseable {

  /**
   * Starts it and waits until it listens.
   *
   * @param reply sent to every request, in the pieces that {@code |} makes
   */
  static OriginalDaemon start(Path socket, String reply) throws IOException {
    Process process =
        new ProcessBuilder(
                "python3",
                Programs.resource("original_daemon.py").toString(),
                socket.toString(),
                reply)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.inputReader().readLine() == null) {
      throw new IOException("the stand-in daemon did not start");
    }
    return new OriginalDaemon(process);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
