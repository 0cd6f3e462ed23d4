package org.cloudmdirsync.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.cloudmdirsync.client.Client.Fetched;
import org.cloudmdirsync.client.MailTrial.Target;
import org.cloudmdirsync.client.Options.Trial;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.credential.ReceivedReply;

/** The client's machine as the JDK shows it. */
final class JvmPlatform implements Platform {
  private static final int FIRST_GUESS = 8192;

  private final Map<String, String> environment;

  JvmPlatform(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public String runtime() {
    return "Java " + Runtime.version();
  }

  @Override
  public Optional<String> environment(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(Path.of(path), LinkOption.NOFOLLOW_LINKS);
  }

  @Override
  public Exchange exchange(String socket, byte[] request, int patienceMillis, int longestAnswer) {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      closeAfter(patienceMillis, channel);
      Optional<Exchange> failure = connect(channel, socket);
      return failure.isPresent() ? failure.get() : converse(channel, request, longestAnswer);
    } catch (AsynchronousCloseException outOfPatience) {
      return new Exchange.Unfinished("nothing within " + patienceMillis / 1000 + " s");
    } catch (IOException e) {
      return new Exchange.Unfinished(words(e));
    }
  }

  private static Optional<Exchange> connect(SocketChannel channel, String socket)
      throws AsynchronousCloseException {
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
      return Optional.empty();
    } catch (AsynchronousCloseException outOfPatience) {
      throw outOfPatience;
    } catch (BindException eacces) {
      // This is how the JDK reports "Permission denied", on connect as well.
      return Optional.of(new Exchange.Forbidden());
    } catch (IOException e) {
      return Optional.of(new Exchange.NoDaemon(words(e)));
    }
  }

  private static Exchange converse(SocketChannel channel, byte[] request, int longestAnswer)
      throws IOException {
    channel.write(ByteBuffer.wrap(request));
    channel.shutdownOutput();
    ByteBuffer answer = ByteBuffer.allocate(FIRST_GUESS);
    while (channel.read(answer) >= 0) {
      if (answer.position() >= longestAnswer) {
        return new Exchange.Unfinished("more than " + longestAnswer + " bytes");
      }
      if (!answer.hasRemaining()) {
        answer = ByteBuffer.allocate(2 * answer.capacity()).put(answer.flip());
      }
    }
    return new Exchange.Answered(
        ReceivedReply.decode(Arrays.copyOf(answer.array(), answer.position())));
  }

  /** UNIX channels have no timeouts; closing one ends whatever waits on it. */
  private static void closeAfter(int millis, SocketChannel channel) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            Thread.sleep(millis);
            channel.close();
          } catch (InterruptedException | IOException e) {
            // Nobody interrupts this thread, and closed is closed.
          }
        });
  }

  @Override
  public byte[] input(int longest) {
    try {
      return System.in.readNBytes(longest);
    } catch (IOException nothingToRead) {
      return new byte[0];
    }
  }

  @Override
  public Optional<String> print(byte[] bytes) {
    // Not System.out, which swallows errors.
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write(bytes);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(words(e));
    }
  }

  @Override
  public void complain(String lines) {
    System.err.write(lines.getBytes(UTF_8), 0, lines.getBytes(UTF_8).length);
    System.err.flush();
  }

  @Override
  public int tryMail(String[] arguments, Options options, String socket) {
    Optional<Target> target = options.trial().flatMap(JvmPlatform::target);
    if (target.isEmpty()) {
      complain("cms-oauth: error: not of the form HOST[:PORT]\n");
      return ExitStatus.USAGE;
    }
    return switch (Client.fetch(options, socket, this)) {
      case Fetched.Got(Credential credential) ->
          MailTrial.run(
              target.get(),
              credential.saslUser(),
              credential.accessToken(),
              environment,
              new PrintStream(System.err, /* autoFlush= */ true, UTF_8));
      case Fetched.Failed(int exitStatus) -> exitStatus;
    };
  }

  private static Optional<Target> target(Trial trial) {
    return switch (trial) {
      case Trial.Smtp(String place) -> Target.smtp(place);
      case Trial.Imap(String place) -> Target.imap(place);
    };
  }

  private static String words(IOException e) {
    return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
  }
}
