package org.cloudmdirsync.oauth;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cloudmdirsync.http.Json;
import org.cloudmdirsync.secret.Secret;

/**
 * What an access token says of itself, where it is a JWT (RFC 9068). For a person who looks for a
 * fault, and for nothing else: its form is between the provider and its servers and may change, so
 * nothing is decided by it.
 *
 * @param audience whom it is for
 * @param scope what it is good for; Microsoft's {@code scp}, and {@code roles} of apps
 */
public record AccessTokenClaims(List<String> audience, List<String> scope) {

  /** Empty for a token that is opaque. */
  public static Optional<AccessTokenClaims> read(Secret token) {
    return IdTokenClaims.payload(token.expose())
        .map(claims ->
            new AccessTokenClaims(
                words(claims, "aud"),
                Stream.of("scp", "scope", "roles")
                    .flatMap(name -> words(claims, name).stream())
                    .toList()));
  }

  /** An array of strings, or one string of words. */
  private static List<String> words(Json claims, String name) {
    return claims.text(name).map(text -> List.of(text.split(" +"))).orElse(claims.texts(name));
  }
}
