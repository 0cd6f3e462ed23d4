package org.cloudmdirsync.dialogue;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLSocket;
import org.cloudmdirsync.tls.TestCertificates;

/**
 * A server that plays one conversation from a script, on a real socket.
 *
 * <pre>
 * S: text    say this and CRLF; \r\n in it is one, \xNN a byte
 * C: text    the client must say this; * at the end stands for anything
 * TLS name   shake hands with this certificate
 * HANG       say nothing until the client leaves
 * CLOSE      hang up
 * </pre>
 */
public final class ScriptedServer implements AutoCloseable {
  private final ServerSocket listener;
  private final List<String> script;
  private final Filling fill;
  private final CompletableFuture<Void> played = new CompletableFuture<>();

  private ScriptedServer(List<String> script, Filling fill) throws IOException {
    this.listener = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
    this.script = script;
    this.fill = fill;
    Thread.ofVirtual().start(this::run);
  }

  /** Puts values in the place of what the script only names. */
  @FunctionalInterface
  public interface Filling {
    String in(String line, int port);
  }

  /** Starts listening. */
  public static ScriptedServer play(List<String> script, Filling fill) throws IOException {
    return new ScriptedServer(script, fill);
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Waits for the end of the conversation and throws what was wrong with it. */
  public void verify() throws InterruptedException, TimeoutException {
    try {
      played.get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("the conversation was not as written: " + e.getCause(), e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void run() {
    try (Socket socket = listener.accept()) {
      new Conversation(socket).play();
      played.complete(null);
    } catch (IOException | RuntimeException e) {
      played.completeExceptionally(e);
    }
  }

  private final class Conversation {
    private Socket socket;
    private InputStream in;

    Conversation(Socket socket) throws IOException {
      this.socket = socket;
      this.in = new BufferedInputStream(socket.getInputStream());
    }

    void play() throws IOException {
      for (String line : script) {
        if (line.startsWith("S: ")) {
          say(line.substring(3));
        } else if (line.startsWith("C: ")) {
          expect(fill.in(line.substring(3), port()));
        } else if (line.startsWith("TLS ")) {
          shakeHands(line.substring(4));
        } else if (line.equals("HANG")) {
          in.readAllBytes();
        } else if (line.equals("CLOSE")) {
          socket.close();
        }
      }
    }

    private void say(String text) throws IOException {
      String bytes = fill.in(text, port()).replace("\\r\\n", "\r\n");
      socket.getOutputStream().write((bytes + "\r\n").getBytes(ISO_8859_1));
    }

    private void expect(String text) throws IOException {
      String line = readLine();
      boolean open = text.endsWith("*") && !text.equals("*");
      boolean same =
          open ? line.startsWith(text.substring(0, text.length() - 1)) : line.equals(text);
      if (!same) {
        throw new IOException("wanted \"" + text + "\", got \"" + line + "\"");
      }
    }

    private String readLine() throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0) {
          throw new IOException("the client hung up after \"" + line + "\"");
        }
        line.append((char) c);
      }
      return line.toString().replaceFirst("\r$", "");
    }

    private void shakeHands(String certificate) {
      try {
        SSLSocket secure =
            (SSLSocket)
                TestCertificates.get()
                    .server(certificate)
                    .getSocketFactory()
                    .createSocket(socket, null, socket.getPort(), false);
        secure.setUseClientMode(false);
        secure.startHandshake();
        socket = secure;
        in = new BufferedInputStream(secure.getInputStream());
      } catch (IOException e) {
        // The client refused: the rest of the script says whether it should have.
      }
    }
  }
}
