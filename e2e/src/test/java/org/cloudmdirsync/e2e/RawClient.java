package org.cloudmdirsync.e2e;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A client of the credential socket that may misbehave: it does only what it is told. */
record RawClient(SocketChannel channel) implements AutoCloseable {
  private static final String AUTH = "auth=Bearer ";

  /** Connects and says nothing. */
  static RawClient connect(Path socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return new RawClient(channel);
    } catch (IOException refused) {
      channel.close();
      throw refused;
    }
  }

  /** The access token served to a client of the old kind; empty when none is. */
  static String token(Path socket, String user) throws IOException {
    try (RawClient client = connect(socket)) {
      client.say("SMTP " + user + "\n");
      String reply = client.reply();
      int start = reply.indexOf(AUTH) + AUTH.length();
      return reply.isEmpty() ? "" : reply.substring(start, reply.indexOf('\u0001', start));
    }
  }

  /** Sends text, without an end of line. */
  RawClient say(String text) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
    return this;
  }

  /** Says that nothing more will come. */
  RawClient end() throws IOException {
    channel.shutdownOutput();
    return this;
  }

  /** Everything up to the end of the connection. */
  String reply() throws IOException {
    return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
