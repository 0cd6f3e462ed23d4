package org.cloudmdirsync.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays the files in {@code dialogs}: {@code C:} is sent, {@code S:} must come, {@code T:} shakes
 * hands, {@code !} orders by the admin interface.
 *
 * <p>{@code {good}} and {@code {bad}} are XOAUTH2 messages, {@code {long}} is a line of 13,000
 * characters; {@code S: …*} needs only the beginning.
 */
class DialogTest {
  private static final String SCOPES =
      "https://outlook.office.com/SMTP.Send https://outlook.office.com/IMAP.AccessAsUser.All";

  static Stream<Path> files() throws Exception {
    Path directory =
        Path.of(Objects.requireNonNull(DialogTest.class.getResource("dialogs")).toURI());
    try (Stream<Path> list = Files.list(directory)) {
      return list.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void goes(Path file) throws Exception {
    try (Simulator simulator = Simulator.open(Options.standard())) {
      Visitor visitor = new Visitor(simulator);
      String good = xoauth2(visitor.microsoft("ann@example.com", SCOPES));
      Connection connection = new Connection(simulator, visitor);
      int number = 0;
      for (String line : Files.readAllLines(file)) {
        number++;
        String text =
            line.replace("{good}", good)
                .replace("{bad}", xoauth2("wrong"))
                .replace("{long}", "A".repeat(13_000));
        connection.play(text, file.getFileName() + ":" + number);
      }
      connection.close();
    }
  }

  private static String xoauth2(String token) {
    String message = "user=ann@example.com\u0001auth=Bearer " + token + "\u0001\u0001";
    return Base64.getEncoder().encodeToString(message.getBytes(UTF_8));
  }

  private static final class Connection {
    private final Simulator simulator;
    private final Visitor visitor;
    private Socket socket = new Socket();
    private BufferedReader in = new BufferedReader(Reader.nullReader());

    Connection(Simulator simulator, Visitor visitor) {
      this.simulator = simulator;
      this.visitor = visitor;
    }

    void play(String line, String where) throws Exception {
      String rest = line.length() > 3 ? line.substring(3) : "";
      switch (line.isEmpty() ? "#" : line.substring(0, 1)) {
        case "@" -> connect(Service.valueOf(line.substring(2)));
        case "T" -> shakeHands();
        case "C" -> socket.getOutputStream().write((rest + "\r\n").getBytes(UTF_8));
        case "S" -> expect(rest, where);
        case "!" -> order(line.substring(2), where);
        case "#" -> {}
        default -> throw new IllegalArgumentException(where + ": " + line);
      }
    }

    private void connect(Service service) throws Exception {
      socket = new Socket("localhost", simulator.port(service));
      in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
    }

    private void shakeHands() throws Exception {
      SSLSocket tls =
          (SSLSocket) visitor.tls().getSocketFactory().createSocket(socket, "localhost", 0, true);
      tls.startHandshake();
      socket = tls;
      in = new BufferedReader(new InputStreamReader(tls.getInputStream(), UTF_8));
    }

    private void expect(String expected, String where) throws Exception {
      String line = String.valueOf(in.readLine()); // "null" at the end of the connection
      if (expected.endsWith("*")) {
        assertThat(line).as(where).startsWith(expected.substring(0, expected.length() - 1));
      } else {
        assertThat(line).as(where).isEqualTo(expected);
      }
    }

    private void order(String call, String where) throws Exception {
      String[] words = call.split(" ", 2);
      String body = words.length > 1 ? words[1] : "";
      assertThat(visitor.post(simulator.admin().resolve(words[0]), body).statusCode())
          .as(where)
          .isEqualTo(200);
    }

    void close() throws Exception {
      socket.close();
    }
  }
}
