package org.cloudmdirsync.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One question to the daemon; closing it gives up what was asked for. */
public final class ControlClient implements AutoCloseable {
  /** After this a daemon that has not even greeted us is as good as none. */
  private static final Duration GREETING_PATIENCE = Duration.ofSeconds(2);

  private final SocketChannel channel;

  /** What was read; the end of file is an empty one. */
  private final BlockingQueue<Optional<Message>> lines = new LinkedBlockingQueue<>();

  private ControlClient(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Asks the daemon of a configuration.
   *
   * @throws IOException when no daemon answers within two seconds
   */
  public static ControlClient ask(
      Path configuration, Map<String, String> environment, Message request)
      throws IOException, InterruptedException {
    return ask(ControlSocket.forClient(configuration, environment), request);
  }

  static ControlClient ask(Path socket, Message request) throws IOException, InterruptedException {
    ControlClient client = new ControlClient(SocketChannel.open(StandardProtocolFamily.UNIX));
    Thread.ofVirtual().name("daemon").start(() -> client.talk(socket, request));
    Optional<Message> greeting = client.next(GREETING_PATIENCE).filter(Message::isGreeting);
    if (greeting.isEmpty()) {
      client.close();
      throw new IOException("no daemon answers on " + socket);
    }
    return client;
  }

  /** The next line of the reply; empty at its end. */
  public Optional<Message> next() throws InterruptedException {
    return lines.take();
  }

  private Optional<Message> next(Duration patience) throws InterruptedException {
    Optional<Message> line = lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    return line == null ? Optional.empty() : line;
  }

  private void talk(Path socket, Message request) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), UTF_8))) {
      channel.connect(UnixDomainSocketAddress.of(socket));
      ByteBuffer bytes = ByteBuffer.wrap((request.encode() + "\n").getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        Message.parse(line).ifPresent(message -> lines.add(Optional.of(message)));
      }
    } catch (IOException closed) {
      // The daemon stopped, or was never there.
    } finally {
      lines.add(Optional.empty());
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
