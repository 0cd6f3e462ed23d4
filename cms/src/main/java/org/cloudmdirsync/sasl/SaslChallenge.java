package org.cloudmdirsync.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * The error a server sends as a challenge when it does not accept a token (RFC 7628 section 3.2.2,
 * and the same idea in XOAUTH2).
 *
 * <p>The client must still answer it ({@link OauthBearer#ERROR_RESPONSE}, or an empty line for
 * XOAUTH2) before the server says no. Gmail's status 400 means an expired token as well.
 *
 * @param status {@code invalid_token} or an HTTP status such as {@code 400}
 * @param scope what the server wants the token to be for
 * @param openidConfiguration where the provider of such tokens describes itself
 */
public record SaslChallenge(
    String status, Optional<String> scope, Optional<String> openidConfiguration) {

  /**
   * Reads what stood after {@code 334 } or {@code + }; empty if it is not such an error. Control
   * characters in the server's words are replaced, so they may be shown on a terminal.
   */
  public static Optional<SaslChallenge> parse(String base64) {
    return decode(base64.strip()).flatMap(FlatJson::parse).flatMap(SaslChallenge::of);
  }

  private static Optional<String> decode(String base64) {
    try {
      return Optional.of(new String(Base64.getDecoder().decode(base64), UTF_8));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<SaslChallenge> of(Map<String, String> members) {
    return printable(members, "status")
        .map(status ->
            new SaslChallenge(
                status, printable(members, "scope"), printable(members, "openid-configuration")));
  }

  private static Optional<String> printable(Map<String, String> members, String name) {
    return Optional.ofNullable(members.get(name)).map(SaslChallenge::withoutControls);
  }

  private static String withoutControls(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      printable.append(Character.isISOControl(c) ? ' ' : c);
    }
    return printable.toString();
  }
}
