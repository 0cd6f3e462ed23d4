package org.cloudmdirsync.credential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CredentialRequestTest {
  private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

  static List<String> requests() throws IOException {
    try (InputStream cases =
        Objects.requireNonNull(CredentialRequestTest.class.getResourceAsStream("requests.txt"))) {
      return new String(cases.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void isReadAsTheOriginalReadsIt(String line) {
    String[] halves = line.split(" => ", 2);
    String expected = new String(bytes(halves[1]), UTF_8);

    Optional<CredentialRequest> request =
        CredentialRequest.parse(bytes(halves[0]), /* cut= */ false);

    assertThat(request.map(CredentialRequestTest::written).orElse("none")).isEqualTo(expected);
  }

  @Test
  void junkAfterTheUserMayBeCutAnywhere() {
    byte[] cutInACharacter = bytes("SMTP user@d.com j\\xc3");
    assertThat(CredentialRequest.parse(cutInACharacter, /* cut= */ true))
        .contains(new CredentialRequest("SMTP", List.of(), "user@d.com"));
  }

  @Test
  void aUserThatMayGoOnIsNotGuessed() {
    assertThat(CredentialRequest.parse(bytes("SMTP user@d.co"), /* cut= */ true)).isEmpty();
  }

  @Test
  void whatAClientEncodesIsWhatADaemonReads() {
    Stream.of(
            new CredentialRequest("SMTP", List.of(), "user@d.com"),
            new CredentialRequest("IMAP", List.of("v=1"), "jörg@d.com"),
            new CredentialRequest("IMAP", List.of("v=1", "x"), "user@d.com"))
        .forEach(request ->
            assertThat(CredentialRequest.parse(request.encode(), /* cut= */ false))
                .contains(request));
  }

  @Test
  void onlyVersionOneAsksForReasons() {
    assertThat(new CredentialRequest("SMTP", List.of("x", "v=1"), "a@d").typed()).isTrue();
    assertThat(new CredentialRequest("SMTP", List.of("v=10"), "a@d").typed()).isFalse();
  }

  @Test
  void aRefusedTokenIsNamedByItsTail() {
    assertThat(CredentialRequest.refusing(Secret.of("x".repeat(2000) + "-0123456789/+_.=")))
        .contains("refused=-0123456789/+_.=");
    assertThat(refusal("v=1,refused=-0123456789/+_.=").refused()).contains("-0123456789/+_.=");
    assertThat(refusal("v=1").refused()).isEmpty();
  }

  @Test
  void aShortTokenIsNotGivenAway() {
    assertThat(CredentialRequest.refusing(Secret.of("secret"))).contains("refused=ret");
    assertThat(CredentialRequest.refusing(Secret.of("s"))).isEmpty();
  }

  @Test
  void whatCannotStandInARequestIsNotSent() {
    assertThat(CredentialRequest.refusing(Secret.of("some token, not one of theirs"))).isEmpty();
  }

  private static CredentialRequest refusal(String options) {
    return CredentialRequest.parse(bytes("SMTP," + options + " user@d.com"), false).orElseThrow();
  }

  private static String written(CredentialRequest request) {
    return request.protocol() + " " + request.options() + " " + request.user();
  }

  private static byte[] bytes(String escaped) {
    String octets = new String(escaped.getBytes(UTF_8), ISO_8859_1);
    return BYTE.matcher(octets.replace("\\t", "\t").replace("\\r", "\r"))
        .replaceAll(match ->
            Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))))
        .getBytes(ISO_8859_1);
  }
}
