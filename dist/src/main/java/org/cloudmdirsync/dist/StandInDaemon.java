package org.cloudmdirsync.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Answers whoever connects with the same credential, as the original daemon would. */
record StandInDaemon(Path socket, ServerSocketChannel server) implements AutoCloseable {
  private static final byte[] CREDENTIAL =
      "user=user@example.com\001auth=Bearer training\001\001".getBytes(UTF_8);

  static StandInDaemon open() throws IOException {
    Path socket = Files.createTempDirectory("cms").resolve("sock");
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    StandInDaemon daemon = new StandInDaemon(socket, server);
    Thread.ofPlatform().daemon().start(daemon::serve);
    return daemon;
  }

  private void serve() {
    try {
      while (true) {
        answer();
      }
    } catch (ClosedChannelException closed) {
      // The training is over.
    } catch (IOException broken) {
      throw new IllegalStateException(broken);
    }
  }

  private void answer() throws IOException {
    try (SocketChannel client = server.accept()) {
      client.read(ByteBuffer.allocate(1024));
      client.write(ByteBuffer.wrap(CREDENTIAL));
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    Files.delete(socket);
    Files.delete(socket.getParent());
  }
}
