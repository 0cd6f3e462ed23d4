package org.cloudmdirsync.simulator;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** All codes and tokens ever issued, by their hash; one lock, no I/O under it. */
final class Vault {
  private final Map<String, Code> codes = new LinkedHashMap<>();
  private final Map<String, RefreshToken> refreshTokens = new LinkedHashMap<>();
  private final Map<String, AccessToken> accessTokens = new LinkedHashMap<>();

  synchronized void put(String text, Code code) {
    codes.put(Hash.of(text), code);
  }

  synchronized void put(String text, RefreshToken token) {
    refreshTokens.put(Hash.of(text), token);
  }

  synchronized void put(String text, AccessToken token) {
    accessTokens.put(Hash.of(text), token);
  }

  /** The code as it was, which from now on is used. */
  synchronized Optional<Code> spend(String text) {
    Optional<Code> before = Optional.ofNullable(codes.get(Hash.of(text)));
    before.ifPresent(code -> codes.put(Hash.of(text), code.spent()));
    return before;
  }

  synchronized Optional<RefreshToken> refreshToken(String text) {
    return Optional.ofNullable(refreshTokens.get(Hash.of(text)));
  }

  synchronized Optional<AccessToken> accessToken(String text) {
    return Optional.ofNullable(accessTokens.get(Hash.of(text)));
  }

  /** Marks a refresh token as replaced; false when somebody else did so first. */
  synchronized boolean rotate(String text) {
    String hash = Hash.of(text);
    RefreshToken token = refreshTokens.get(hash);
    if (token == null || token.state() != RefreshToken.State.ALIVE) {
      return false;
    }
    refreshTokens.put(hash, token.in(RefreshToken.State.ROTATED));
    return true;
  }

  /** Takes back every token of a family. */
  synchronized void revokeFamily(String family) {
    refreshTokens.replaceAll(
        (_, t) -> t.family().equals(family) ? t.in(RefreshToken.State.REVOKED) : t);
    accessTokens.replaceAll((_, t) -> t.family().equals(family) ? t.revokedNow() : t);
  }

  /** Takes back every refresh token of these users; access tokens live on, as in the field. */
  synchronized void revokeRefreshTokens(Predicate<Consent> whose) {
    refreshTokens.replaceAll(
        (_, t) -> whose.test(t.consent()) ? t.in(RefreshToken.State.REVOKED) : t);
  }

  /** Every access token of these users ends at the given moment, if not before. */
  synchronized void expireAccessTokens(Predicate<Consent> whose, Instant moment) {
    accessTokens.replaceAll(
        (_, t) -> whose.test(t.consent()) && t.until().isAfter(moment) ? t.endedAt(moment) : t);
  }

  /** Access tokens for people: hashes, never texts. */
  synchronized List<Map<String, Object>> listing(Instant now) {
    return accessTokens.entrySet().stream()
        .map(e ->
            Map.<String, Object>of(
                "sha256", e.getKey(),
                "user", e.getValue().consent().user(),
                "scope", String.join(" ", e.getValue().scope()),
                "audience", e.getValue().audience(),
                "until", e.getValue().until().toString(),
                "valid", e.getValue().validAt(now)))
        .toList();
  }
}
