package org.cloudmdirsync.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What may be asked about a token: userinfo, introspection (RFC 7662), revocation (RFC 7009). */
final class TokenFacts {
  private final Cloud cloud;

  TokenFacts(Cloud cloud) {
    this.cloud = cloud;
  }

  /** OpenID Connect Core section 5.3. */
  HttpOutcome.Reply userInfo(Flavour flavour, HttpRequest request) {
    String header = request.headers().getOrDefault("authorization", "");
    Optional<AccessToken> token =
        header.regionMatches(true, 0, "Bearer ", 0, 7)
            ? valid(header.substring(7).trim())
            : Optional.empty();
    return token
        .filter(t -> t.consent().flavour() == flavour)
        .map(t -> HttpOutcome.Reply.json(200, IdTokens.identity(t.consent())))
        .orElseGet(() ->
            HttpOutcome.Reply.json(401, Map.of("error", "invalid_token"))
                .with("WWW-Authenticate", "Bearer error=\"invalid_token\""));
  }

  /** RFC 7662 section 2: tokens of every flavour, since a test's mail server knows but one. */
  HttpOutcome.Reply introspection(Form form) {
    Map<String, Object> answer =
        valid(form.text("token")).map(TokenFacts::active).orElseGet(() -> Map.of("active", false));
    return HttpOutcome.Reply.json(200, answer);
  }

  private static Map<String, Object> active(AccessToken token) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("active", true);
    members.put("username", token.consent().user());
    members.put("email", token.consent().user());
    members.put("scope", String.join(" ", token.scope()));
    members.put("client_id", token.consent().clientId());
    members.put("token_type", "Bearer");
    members.put("exp", token.until().getEpochSecond());
    if (!token.audience().isEmpty()) {
      members.put("aud", token.audience());
    }
    return members;
  }

  /** RFC 7009 section 2.2; Google differs for tokens it does not know. */
  HttpOutcome.Reply revocation(Flavour flavour, Form form) {
    String text = form.text("token");
    Optional<String> family =
        cloud
            .vault()
            .refreshToken(text)
            .map(RefreshToken::family)
            .or(() -> cloud.vault().accessToken(text).map(AccessToken::family));
    family.ifPresent(cloud.vault()::revokeFamily);
    return family.isEmpty() && flavour == Flavour.GOOGLE
        ? HttpOutcome.Reply.json(400, Map.of("error", "invalid_token"))
        : HttpOutcome.Reply.json(200, Map.of());
  }

  private Optional<AccessToken> valid(String text) {
    return cloud.vault().accessToken(text).filter(t -> t.validAt(cloud.clock().instant()));
  }
}
