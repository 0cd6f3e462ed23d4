package org.cloudmdirsync.oauth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cloudmdirsync.http.Json;
import org.cloudmdirsync.oauth.TokenResponse.IdToken;

/**
 * Reads who signed in out of an id_token's payload (RFC 7519). Its signature is not verified: it
 * came straight from the token endpoint over TLS (OpenID Connect Core section 3.1.3.7), and nothing
 * but a mix-up of accounts is to be noticed by it.
 */
final class IdTokenClaims {
  /** The claims that hold an address or sign-in name, with Microsoft's own. */
  private static final List<String> NAMES =
      List.of("email", "preferred_username", "upn", "unique_name", "login_hint");

  private IdTokenClaims() {}

  static Optional<IdToken> read(String token) {
    return payload(token)
        .map(claims ->
            new IdToken(
                claims.text("iss"),
                claims.text("sub").orElse(""),
                names(claims),
                claims.text("nonce")));
  }

  /** The claims of any JWT; empty when it is none. */
  static Optional<Json> payload(String token) {
    String[] parts = token.split("\\.", -1);
    return parts.length == 3 ? decoded(parts[1]).flatMap(Json::object) : Optional.empty();
  }

  /** The names in an id_token or a userinfo answer; an address that was never verified is none. */
  static List<String> names(Json claims) {
    boolean verified = claims.flag("email_verified").orElse(true);
    Stream<String> wanted = NAMES.stream().filter(name -> verified || !name.equals("email"));
    return wanted.flatMap(name -> claims.text(name).stream()).distinct().toList();
  }

  private static Optional<String> decoded(String part) {
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
