package org.cloudmdirsync.doctor;

import java.io.IOException;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.credential.ReceivedReply;

/** Asks the daemon behind a credential socket, as any mail program would. */
final class Inquiry implements AutoCloseable {
  /** Our daemon answers within 4 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final int LONGEST_ANSWER = 1 << 20;

  private final SocketChannel channel;

  private Inquiry(SocketChannel channel) {
    this.channel = channel;
  }

  /** Why nobody can be asked. */
  sealed interface Silence {
    /** The system does not let this user connect. */
    record Forbidden() implements Silence {}

    /** Nobody listens there. */
    record Nobody(String reason) implements Silence {}
  }

  /** Whether somebody listens; empty if so. */
  static Optional<Silence> silence(Path socket) {
    try (Inquiry _ = open(socket)) {
      return Optional.empty();
    } catch (BindException eacces) {
      // This is how the JDK reports "Permission denied", on connect as well.
      return Optional.of(new Silence.Forbidden());
    } catch (IOException e) {
      return Optional.of(new Silence.Nobody(String.valueOf(e.getMessage())));
    }
  }

  /**
   * Asks for a credential.
   *
   * @throws IOException when there is no whole answer in time
   */
  static ReceivedReply ask(Path socket, CredentialRequest request) throws IOException {
    try (Inquiry inquiry = open(socket)) {
      return inquiry.converse(request.encode());
    }
  }

  private static Inquiry open(Path socket) throws IOException {
    Inquiry inquiry = new Inquiry(SocketChannel.open(StandardProtocolFamily.UNIX));
    try {
      Thread.ofVirtual().start(inquiry::giveUp);
      inquiry.channel.connect(UnixDomainSocketAddress.of(socket));
      return inquiry;
    } catch (IOException e) {
      inquiry.close();
      throw e;
    }
  }

  private ReceivedReply converse(byte[] request) throws IOException {
    channel.write(ByteBuffer.wrap(request));
    channel.shutdownOutput();
    ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
    while (answer.hasRemaining() && channel.read(answer) >= 0) {
      // To the end of file.
    }
    return ReceivedReply.decode(Arrays.copyOf(answer.array(), answer.position()));
  }

  /** UNIX channels have no timeouts; closing one ends whatever waits on it. */
  private void giveUp() {
    try {
      Thread.sleep(PATIENCE);
      close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing was to be kept.
    }
  }
}
