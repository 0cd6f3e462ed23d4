package org.cloudmdirsync.credential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A client that does exactly what a test tells it, byte by byte. */
record RawClient(SocketChannel channel) implements AutoCloseable {
  static RawClient connect(Path path) throws IOException {
    return new RawClient(SocketChannel.open(UnixDomainSocketAddress.of(path)));
  }

  /** What exim and the original's client do: write, close the write side, read to the end. */
  static String ask(Path path, String request) throws IOException {
    try (RawClient client = connect(path)) {
      return client.send(request).finish().readAll();
    }
  }

  RawClient send(String bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes.getBytes(ISO_8859_1));
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    return this;
  }

  RawClient finish() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  String readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer some = ByteBuffer.allocate(8192);
    while (channel.read(some.clear()) >= 0) {
      all.write(some.array(), 0, some.position());
    }
    return all.toString(ISO_8859_1);
  }

  /** One read, as the original's client does. */
  String readOnce() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(16384);
    channel.read(buffer);
    return new String(buffer.array(), 0, buffer.position(), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
