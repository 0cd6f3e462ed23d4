package org.cloudmdirsync.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.http.ScriptedServer;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.Refused;
import org.cloudmdirsync.oauth.TokenResponse.Unavailable;
import org.cloudmdirsync.oauth.TokenResponse.Unusable;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every answer a token endpoint was seen to give, one file each: the answer, a line of dashes, and
 * what is made of it in one line; then, optionally, lines that the words must contain.
 */
class TokenReplyTest {

  static List<Path> replies() throws IOException {
    URL directory = Objects.requireNonNull(TokenReplyTest.class.getResource("token-replies"));
    try (Stream<Path> files = Files.list(Path.of(URI.create(directory.toString())))) {
      return files.sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("replies")
  void isUnderstood(Path file) throws Exception {
    String[] parts = Files.readString(file).split("\n-----\n", 2);
    String[] message = parts[0].split("\n\n", 2);
    List<String> expected = parts[1].lines().toList();
    String head = message[0].replace("\n", "\r\n") + "\r\n";
    String body = message.length == 2 ? message[1] : "";

    TokenResponse response = response(head, body);

    assertThat(summary(response)).isEqualTo(expected.getFirst());
    expected.stream().skip(1).forEach(words -> assertThat(words(response)).contains(words));
    assertThat(words(response)).doesNotContain("\n").doesNotContain("\r").hasSizeLessThan(1100);
  }

  private static TokenResponse response(String head, String body) throws IOException {
    try (ScriptedServer server = ScriptedServer.open(ScriptedServer.says(head, body));
        Http http = Registrations.http()) {
      return new TokenEndpoint(http)
          .refresh(
              Registrations.at(server.uri("/")),
              Registrations.PUBLIC,
              Secret.of("the-refresh-token"),
              List.of());
    }
  }

  private static String summary(TokenResponse response) {
    return switch (response) {
      case Granted granted ->
          String.join(
              " ",
              "Granted",
              granted.accessToken().expose(),
              "refresh=" + granted.refreshToken().map(Secret::expose).orElse("none"),
              "life=" + granted.life().toSeconds(),
              "scope=" + String.join(",", granted.scope()),
              "names=" + granted.idToken().map(it -> String.join(",", it.names())).orElse("none"));
      case Refused refused ->
          "Refused "
              + refused.remedy()
              + " "
              + refused.error()
              + refused.claims().map(claims -> " claims=" + claims).orElse("");
      case Unavailable unavailable ->
          "Unavailable"
              + Optional.of(unavailable)
                  .flatMap(Unavailable::retryAfter)
                  .map(wait -> " retry=" + wait.toSeconds())
                  .orElse("");
      case Unusable unusable ->
          "Unusable refresh=" + unusable.refreshToken().map(Secret::expose).orElse("none");
    };
  }

  private static String words(TokenResponse response) {
    return switch (response) {
      case Granted _ -> "";
      case Refused refused -> refused.description();
      case Unavailable unavailable -> unavailable.reason();
      case Unusable unusable -> unusable.reason();
    };
  }
}
