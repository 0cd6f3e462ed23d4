package org.cloudmdirsync.oauth;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.interfaces.RSAPrivateKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.http.Json;
import org.cloudmdirsync.secret.Secret;

/** The key of a service account, as in the JSON file that Google gives out. */
public final class ServiceAccountKey {
  /** The longest that Google takes. */
  private static final Duration LIFE = Duration.ofHours(1);

  private final String email;
  private final Optional<String> keyId;
  private final RSAPrivateKey key;

  private ServiceAccountKey(String email, Optional<String> keyId, RSAPrivateKey key) {
    this.email = email;
    this.keyId = keyId;
    this.key = key;
  }

  /**
   * Reads a key file.
   *
   * @throws IOException that says what is wrong and what to do
   */
  public static ServiceAccountKey read(Path file) throws IOException {
    Optional<Json> json = Json.object(Pem.read(file));
    Optional<String> email = json.flatMap(it -> it.text("client_email"));
    Optional<String> key = json.flatMap(it -> it.text("private_key"));
    if (email.isEmpty() || key.isEmpty()) {
      throw new IOException(
          file
              + " is not the JSON key file of a service account: it lacks client_email or"
              + " private_key");
    }
    return new ServiceAccountKey(
        email.get(),
        json.flatMap(it -> it.text("private_key_id")),
        Pem.privateKey(key.get(), file.toString()));
  }

  /** RFC 7523 section 3: this account asks in the user's name. */
  Secret assertion(String user, URI tokenEndpoint, List<String> scope, Instant now) {
    return Jwt.signed(
        Jwt.Algorithm.RS256,
        keyId.<Map<String, Object>>map(id -> Map.of("kid", id)).orElse(Map.of()),
        Map.of(
            "iss", email,
            "sub", user,
            "scope", String.join(" ", scope),
            "aud", tokenEndpoint.toString(),
            "iat", now.getEpochSecond(),
            "exp", now.plus(LIFE).getEpochSecond()),
        key);
  }
}
