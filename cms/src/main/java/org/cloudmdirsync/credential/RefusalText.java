package org.cloudmdirsync.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;

/** A refusal as text: {@code error=KIND^Areason=TEXT^A[url=URL^A]^A}. */
final class RefusalText {
  private static final char SEPARATOR = '\u0001';
  private static final String PREFIX = "error=";

  private RefusalText() {}

  static byte[] encode(Refusal refusal) {
    StringBuilder text = new StringBuilder(128);
    field(text, "error", refusal.kind().word());
    field(text, "reason", refusal.reason());
    refusal.signInUrl().ifPresent(url -> field(text, "url", url));
    return text.append(SEPARATOR).toString().getBytes(UTF_8);
  }

  /** Empty if this is not a whole refusal. */
  static Optional<Refusal> decode(String text) {
    if (!text.startsWith(PREFIX) || !text.endsWith("\u0001\u0001")) {
      return Optional.empty();
    }
    Map<String, String> fields = fields(text);
    return Optional.of(
        new Refusal(
            kind(fields.getOrDefault("error", "")),
            fields.getOrDefault("reason", "the daemon gave no reason"),
            Optional.ofNullable(fields.get("url"))));
  }

  private static Map<String, String> fields(String text) {
    Map<String, String> fields = new HashMap<>();
    int start = 0;
    for (int end = text.indexOf(SEPARATOR); end > start; end = text.indexOf(SEPARATOR, start)) {
      int equals = text.indexOf('=', start);
      if (equals >= 0 && equals < end) {
        fields.put(text.substring(start, equals), oneLine(text.substring(equals + 1, end)));
      }
      start = end + 1;
    }
    return fields;
  }

  /** A kind of some later version most likely passes, too. */
  private static Kind kind(String word) {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElse(Kind.TEMPORARILY_UNAVAILABLE);
  }

  private static void field(StringBuilder text, String name, String value) {
    text.append(name).append('=').append(oneLine(value)).append(SEPARATOR);
  }

  /** Providers put line ends into their reasons, and a separator would end the field early. */
  private static String oneLine(String value) {
    StringBuilder line = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      line.append(Character.isISOControl(c) ? ' ' : c);
    }
    return line.toString().strip();
  }
}
