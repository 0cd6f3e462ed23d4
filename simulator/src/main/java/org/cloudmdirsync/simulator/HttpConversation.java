package org.cloudmdirsync.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** HTTP/1.1 on one connection (RFC 9112), kept open between requests. */
final class HttpConversation implements Listener.Conversation {
  private final Supplier<Optional<SSLContext>> tls;
  private final InstantSource clock;
  private final Function<HttpRequest, HttpOutcome> answers;

  /** Empty TLS: plain HTTP. The supplier is asked for each connection. */
  HttpConversation(
      Supplier<Optional<SSLContext>> tls,
      InstantSource clock,
      Function<HttpRequest, HttpOutcome> answers) {
    this.tls = tls;
    this.clock = clock;
    this.answers = answers;
  }

  @Override
  public void hold(Socket socket) throws IOException {
    Wire wire = new Wire(socket);
    Optional<SSLContext> context = tls.get();
    if (context.isPresent()) {
      wire.startTls(context.get());
    }
    while (!socket.isClosed()) {
      HttpRequest request = HttpRequest.read(wire);
      carryOut(answers.apply(request), wire, request.method().equals("HEAD"));
      if (request.headers().getOrDefault("connection", "").equalsIgnoreCase("close")) {
        wire.close();
      }
    }
  }

  private void carryOut(HttpOutcome outcome, Wire wire, boolean headOnly) throws IOException {
    switch (outcome) {
      case HttpOutcome.Reply reply -> wire.send(headOnly ? head(reply) : bytes(reply));
      case HttpOutcome.Dripped(HttpOutcome.Reply reply, int millis) -> drip(reply, millis, wire);
      case HttpOutcome.CutShort(HttpOutcome.Reply reply) -> {
        byte[] all = bytes(reply);
        int missing = reply.body().length() / 2 + 1;
        wire.send(Arrays.copyOf(all, all.length - missing));
        wire.close();
      }
      case HttpOutcome.Hanging() -> wire.hang();
      case HttpOutcome.ResetConnection() -> wire.reset();
    }
  }

  private void drip(HttpOutcome.Reply reply, int millis, Wire wire) throws IOException {
    for (byte b : bytes(reply)) {
      wire.send(new byte[] {b});
      pause(millis);
    }
  }

  private static void pause(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException("interrupted", e));
    }
  }

  private byte[] bytes(HttpOutcome.Reply reply) {
    byte[] head = head(reply);
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + body.length);
    System.arraycopy(body, 0, all, head.length, body.length);
    return all;
  }

  private byte[] head(HttpOutcome.Reply reply) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Simulated\r\n");
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(clock.instant().atZone(ZoneOffset.UTC));
    head.append("Date: ").append(date).append("\r\n");
    reply.headers().forEach((n, v) -> head.append(n).append(": ").append(v).append("\r\n"));
    int length = reply.body().getBytes(StandardCharsets.UTF_8).length;
    head.append("Content-Length: ").append(length).append("\r\n\r\n");
    return head.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
