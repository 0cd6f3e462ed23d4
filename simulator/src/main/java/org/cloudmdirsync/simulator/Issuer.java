package org.cloudmdirsync.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes access tokens, refresh tokens and the JSON that hands them over. */
final class Issuer {
  // Made up; the tenant every Microsoft user of ours belongs to.
  static final String TENANT_ID = "8eaef023-2b34-4da1-9baa-8bc8c9d6a490";

  private final Cloud cloud;
  private final IdTokens idTokens;

  Issuer(Cloud cloud, IdTokens idTokens) {
    this.cloud = cloud;
    this.idTokens = idTokens;
  }

  /** The members of a successful token response, without a refresh token. */
  Map<String, Object> tokens(
      Consent consent, String family, List<String> scope, String audience, String issuer) {
    Instant now = cloud.clock().instant();
    int life = cloud.switches().number(Switch.TOKEN_LIFE);
    String text = accessToken(consent, scope, audience, now.plusSeconds(life), issuer);
    cloud
        .vault()
        .put(text, new AccessToken(consent, family, scope, audience, now.plusSeconds(life), false));
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("token_type", "Bearer");
    members.put("scope", String.join(" ", scope));
    members.put("expires_in", life);
    if (consent.flavour() == Flavour.MICROSOFT) {
      members.put("ext_expires_in", life);
    }
    members.put("access_token", text);
    if (consent.scope().contains("openid")) {
      members.put("id_token", idTokens.of(consent, issuer, now));
    }
    return members;
  }

  String refreshToken(Consent consent, String family) {
    String text = cloud.texts().refreshToken(consent.flavour());
    cloud.vault().put(text, new RefreshToken(consent, family, RefreshToken.State.ALIVE));
    return text;
  }

  private String accessToken(
      Consent consent, List<String> scope, String audience, Instant until, String issuer) {
    int set = cloud.switches().number(Switch.TOKEN_SIZE);
    int size = set > 0 ? set : consent.flavour().tokenSize;
    return switch (consent.flavour()) {
      case MICROSOFT ->
          cloud
              .texts()
              .jwtLike(
                  Map.of(
                      "aud", audience,
                      "iss", issuer,
                      "exp", until.getEpochSecond(),
                      "scp", String.join(" ", scope),
                      "upn", consent.user()),
                  size);
      case GOOGLE -> cloud.texts().opaque("ya29.a0Af", size);
      case GENERIC -> cloud.texts().opaque("", size);
    };
  }
}
