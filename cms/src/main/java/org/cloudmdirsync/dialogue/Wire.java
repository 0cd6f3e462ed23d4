package org.cloudmdirsync.dialogue;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.cloudmdirsync.tls.TlsFailure;
import org.cloudmdirsync.tls.TlsSockets;
import org.cloudmdirsync.tls.Trust;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a mail server that speaks in lines.
 *
 * <p>Patience counts for a step: connecting, and then each write together with everything read
 * until the next one; looking up the name takes as long as the system's resolver takes. A server
 * that drips a byte now and then gains nothing by it, and neither does one that stops reading: a
 * watching thread closes the socket, which ends every wait there is.
 *
 * <p>One thread talks; {@link #close} may come from any. Every {@link IOException} carries a
 * message for people.
 */
public final class Wire implements AutoCloseable {
  private static final int CHUNK = 64 * 1024;
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  private final Server server;
  private final Trust trust;
  private final Duration patience;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final byte[] buffer = new byte[8 * 1024];
  private int next;
  private int end;

  /** What is closed to end every wait; the TLS socket on top of it would wait for the peer. */
  private final Socket plain;

  private Socket socket;
  private volatile long deadline;
  private volatile boolean expired;

  private Wire(Server server, Trust trust, Duration patience, Socket connected) {
    this.server = server;
    this.trust = trust;
    this.patience = patience;
    this.plain = connected;
    this.socket = connected;
    beginStep();
  }

  /**
   * Connects, with TLS when the server's is implicit.
   *
   * @param patience for each step
   */
  public static Wire open(Server server, Trust trust, Duration patience) throws IOException {
    return open(server, trust, patience, InetAddress::getAllByName);
  }

  /** The watch begins when there is a connection: however long the lookup took, it counts anew. */
  static Wire open(Server server, Trust trust, Duration patience, Connector.Resolver resolver)
      throws IOException {
    Socket connected = new Connector(server, resolver).connect(patience);
    Wire wire = new Wire(server, trust, patience, connected);
    Thread.ofVirtual().name("watch " + server.authority()).start(wire::watch);
    try {
      switch (server.encryption()) {
        case IMPLICIT -> wire.secure();
        case STARTTLS -> {}
      }
      return wire;
    } catch (IOException e) {
      wire.close();
      throw e;
    }
  }

  /** Whom we talk to. */
  public Server server() {
    return server;
  }

  /** Our end's address. */
  public InetAddress localAddress() {
    return plain.getLocalAddress();
  }

  /** Whether TLS has begun. */
  public boolean isSecure() {
    return socket instanceof SSLSocket;
  }

  /**
   * Begins TLS.
   *
   * @throws SSLException also when the server has already said more in the clear: whatever stands
   *     there may have been put in by somebody in between, to be taken for words said under TLS
   */
  public void secure() throws IOException {
    if (next < end) {
      throw new SSLException(
          server.authority()
              + " went on in the clear after agreeing to TLS; somebody may be interfering");
    }
    beginStep();
    try {
      socket = TlsSockets.secure(trust, plain, server.host(), server.port());
    } catch (IOException e) {
      throw expired ? timeout(e) : TlsFailure.explain(trust, server.host(), e);
    }
  }

  /** The TLS version and cipher suite, for people. */
  public String encryption() {
    if (socket instanceof SSLSocket secure) {
      SSLSession session = secure.getSession();
      return session.getProtocol() + " " + session.getCipherSuite();
    }
    return "none";
  }

  /**
   * One line with its line end, one byte in each character (ISO 8859-1).
   *
   * @param limit in bytes
   * @throws ProtocolException when the line is longer
   * @throws EOFException when the server hung up
   * @throws SocketTimeoutException when patience is at an end
   */
  public String readLine(int limit) throws IOException {
    StringBuilder line = new StringBuilder();
    while (line.length() < limit) {
      int c = read();
      line.append((char) c);
      if (c == '\n') {
        return line.toString();
      }
    }
    throw new ProtocolException(
        server.authority() + " sent a line of more than " + limit + " bytes");
  }

  /** Exactly so many bytes; the caller has limited the number. */
  public String readBytes(int count) throws IOException {
    StringBuilder bytes = new StringBuilder(count);
    while (bytes.length() < count) {
      bytes.append((char) read());
    }
    return bytes.toString();
  }

  private int read() throws IOException {
    if (next == end) {
      fill();
    }
    return buffer[next++] & 0xff;
  }

  private void fill() throws IOException {
    try {
      next = 0;
      end = Math.max(0, socket.getInputStream().read(buffer));
    } catch (IOException e) {
      throw broken(e);
    }
    if (end == 0) {
      throw expired ? timeout(null) : new EOFException(server.authority() + " hung up");
    }
  }

  /** Sends and begins a new step. */
  public void write(String ascii) throws IOException {
    write(ascii.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends and begins a new step; a long text is as many steps as it has chunks of 64 KiB. */
  public void write(byte[] bytes) throws IOException {
    try {
      for (int at = 0; at < bytes.length; at += CHUNK) {
        beginStep();
        socket.getOutputStream().write(bytes, at, Math.min(CHUNK, bytes.length - at));
      }
      beginStep();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  /**
   * Says goodbye and gives the server two seconds to say it too, as both protocols ask for; whoever
   * does not has nothing to tell us any more.
   */
  public void goodbye(String line) {
    try {
      write(line);
      socket.setSoTimeout((int) GOODBYE.toMillis());
      fill();
    } catch (IOException e) {
      // The conversation is over; a server that hangs up first is within its rights.
    }
  }

  @Override
  public void close() {
    closed.countDown();
    closePlain();
  }

  private void beginStep() {
    deadline = System.nanoTime() + patience.toNanos();
  }

  private void watch() {
    try {
      for (long left = left(); left > 0; left = left()) {
        if (closed.await(left, TimeUnit.NANOSECONDS)) {
          return;
        }
      }
      expired = true;
      closePlain();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long left() {
    return deadline - System.nanoTime();
  }

  private void closePlain() {
    try {
      plain.close();
    } catch (IOException e) {
      // Nothing can be lost: whoever reads or writes sees that it is closed.
    }
  }

  private IOException broken(IOException e) {
    return switch (e) {
      case IOException late when expired -> timeout(late);
      case SSLException tls -> TlsFailure.explain(trust, server.host(), tls);
      case IOException other ->
          new IOException(
              "the connection to " + server.authority() + " broke: " + other.getMessage(), other);
    };
  }

  private SocketTimeoutException timeout(@Nullable IOException cause) {
    SocketTimeoutException timeout = new SocketTimeoutException(server.silent(patience));
    timeout.initCause(cause);
    return timeout;
  }
}
