package org.cloudmdirsync.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/** A server on loopback that says exactly the bytes it is told, one request per connection. */
public final class ScriptedServer implements AutoCloseable {

  /** What was asked; header names in lower case. */
  public record Request(String method, String target, Map<String, String> headers, String body) {}

  /** Says something; the connection closes when it returns. */
  @FunctionalInterface
  public interface Script {
    void answer(Request request, OutputStream out) throws Exception;
  }

  private final ServerSocket listener;
  private final String scheme;
  private final Script script;
  private final List<Request> requests = new CopyOnWriteArrayList<>();

  private ScriptedServer(ServerSocket listener, String scheme, Script script) {
    this.listener = listener;
    this.scheme = scheme;
    this.script = script;
  }

  public static ScriptedServer open(Script script) throws IOException {
    return start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), "http", script);
  }

  public static ScriptedServer open(SSLContext tls, Script script) throws IOException {
    return start(
        tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
        "https",
        script);
  }

  /** Always the same answer: a head without Content-Length, and a body. */
  public static Script says(String head, String body) {
    return (_, out) -> out.write(message(head, body));
  }

  public static Script json(int status, String body) {
    return says("HTTP/1.1 " + status + " Words\r\nContent-Type: application/json\r\n", body);
  }

  public static byte[] message(String head, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    message.writeBytes(
        ("Content-Length: " + bytes.length + "\r\nConnection: close\r\n\r\n")
            .getBytes(StandardCharsets.ISO_8859_1));
    message.writeBytes(bytes);
    return message.toByteArray();
  }

  public URI uri(String path) {
    return URI.create(scheme + "://localhost:" + port() + path);
  }

  public int port() {
    return listener.getLocalPort();
  }

  public List<Request> requests() {
    return requests;
  }

  public Request onlyRequest() {
    if (requests.size() != 1) {
      throw new AssertionError(requests.size() + " requests instead of one");
    }
    return requests.getFirst();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private static ScriptedServer start(ServerSocket listener, String scheme, Script script) {
    ScriptedServer server = new ScriptedServer(listener, scheme, script);
    Thread.ofVirtual().start(server::accept);
    return server;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      Optional<Request> request = read(socket.getInputStream());
      if (request.isPresent()) {
        requests.add(request.get());
        script.answer(request.get(), socket.getOutputStream());
        socket.getOutputStream().flush();
      }
    } catch (Exception e) {
      // The client went away; the test sees that from its own side.
    }
  }

  private static Optional<Request> read(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> headers = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] parts = line.split(":", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    String[] first = lines.getFirst().split(" ");
    return Optional.of(new Request(first[0], first[1], headers, body));
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }
}
