package org.cloudmdirsync.simulator;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A connection read and written by lines ending in CRLF, in clear and later perhaps in TLS. */
final class Wire {
  // Far above every limit a switch may set, far below what would hurt.
  private static final int LINE_CEILING = 1 << 20;

  private final Socket plain;
  private Socket socket;
  private InputStream in;
  private OutputStream out;

  Wire(Socket socket) throws IOException {
    this.plain = socket;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** Shakes hands as the server; whatever was sent in clear ahead of it is forgotten. */
  void startTls(SSLContext context) throws IOException {
    SSLSocket tls = (SSLSocket) context.getSocketFactory().createSocket(plain, null, -1, true);
    tls.setUseClientMode(false);
    tls.startHandshake();
    socket = tls;
    in = new BufferedInputStream(tls.getInputStream());
    out = tls.getOutputStream();
  }

  boolean encrypted() {
    return socket instanceof SSLSocket;
  }

  InputStream in() {
    return in;
  }

  /** The next line without its end; an EOFException when there is none. */
  String readLine() throws IOException {
    return new String(readLineBytes(), StandardCharsets.UTF_8);
  }

  byte[] readLineBytes() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (line.size() < LINE_CEILING) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("the client closed the connection");
      }
      if (b == '\n') {
        return withoutCarriageReturn(line.toByteArray());
      }
      line.write(b);
    }
    throw new IOException("a line of more than " + LINE_CEILING + " bytes");
  }

  private static byte[] withoutCarriageReturn(byte[] line) {
    boolean ends = line.length > 0 && line[line.length - 1] == '\r';
    return ends ? java.util.Arrays.copyOf(line, line.length - 1) : line;
  }

  /** Sends the lines in one write. */
  void send(String... lines) throws IOException {
    out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Ends the connection with a TCP reset, so the client sees "connection reset by peer". */
  void reset() throws IOException {
    plain.setSoLinger(true, 0);
    plain.close();
  }

  /** Says nothing more until the client gives up (or the simulator closes). */
  void hang() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  /** Ends the connection in the ordinary way. */
  void close() throws IOException {
    socket.close();
  }
}
