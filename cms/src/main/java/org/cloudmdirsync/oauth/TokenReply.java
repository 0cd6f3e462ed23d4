package org.cloudmdirsync.oauth;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.cloudmdirsync.http.HttpResult;
import org.cloudmdirsync.http.HttpResult.Answer;
import org.cloudmdirsync.http.HttpResult.NoAnswer;
import org.cloudmdirsync.http.Json;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.Refused;
import org.cloudmdirsync.oauth.TokenResponse.Unavailable;
import org.cloudmdirsync.oauth.TokenResponse.Unusable;
import org.cloudmdirsync.secret.Secret;

/**
 * Reads what a token endpoint answered.
 *
 * <p>The rule: only an OAuth error in so many words is a refusal. A web page, an empty body, half
 * an answer, a token that cannot be used: all that may come from a captive portal or a broken
 * proxy, and to take it for a refusal would cost the user a sign-in; to ask again later costs
 * nothing. This holds for an empty 400 too.
 */
final class TokenReply {
  /** When the server does not say; RFC 6749 leaves it open, an hour is what everybody issues. */
  private static final Duration USUAL_LIFE = Duration.ofHours(1);

  /** A longer promise is not relied on: a sign-in that is never used dies unnoticed. */
  private static final Duration LONGEST_LIFE = Duration.ofDays(7);

  /** Printable ASCII without the blank: anything else would break the SASL string it goes into. */
  private static final Pattern SENDABLE = Pattern.compile("[\\x21-\\x7E]+");

  /** Beyond it the challenge does not fit into a URL (AADSTS90015). */
  private static final int LONGEST_CLAIMS = 8192;

  private final String host;
  private final Wording wording;
  private final String grant;

  /**
   * For one answer.
   *
   * @param grant what was asked with
   */
  TokenReply(String host, Wording wording, String grant) {
    this.host = host;
    this.wording = wording;
    this.grant = grant;
  }

  TokenResponse read(HttpResult result) {
    return switch (result) {
      case NoAnswer none -> new Unavailable(none.reason(), Optional.empty());
      case Answer answer -> read(answer);
    };
  }

  private TokenResponse read(Answer answer) {
    Optional<Json> json = Json.object(answer.body().text());
    Optional<ErrorReply> error = json.flatMap(it -> ErrorReply.of(it, wording, grant));
    if (isBusy(answer.status())) {
      return unavailable(answer, error.map(ErrorReply::description).orElse("it is busy or broken"));
    }
    if (error.isPresent()) {
      return refused(answer, error.get(), json.flatMap(it -> it.text("claims")));
    }
    if (json.isEmpty()) {
      return unavailable(
          answer,
          "it sent " + answer.body().kind() + " where a token was expected" + portal(answer));
    }
    return answer.success()
        ? granted(json.get())
        : unavailable(answer, "it gave no reason that this program understands");
  }

  /** Whatever the body says: a server under load, or something in between that speaks for it. */
  private static boolean isBusy(int status) {
    return status == 408 || status == 425 || status == 429 || status >= 500;
  }

  private TokenResponse refused(Answer answer, ErrorReply error, Optional<String> claims) {
    return error
        .remedy()
        .<TokenResponse>map(remedy ->
            new Refused(
                remedy,
                error.error(),
                error.description(),
                claims.filter(it -> it.length() <= LONGEST_CLAIMS).filter(wording::isClean)))
        .orElseGet(() -> unavailable(answer, error.description()));
  }

  private TokenResponse granted(Json json) {
    Optional<Secret> refreshToken = json.text("refresh_token").map(Secret::of);
    Optional<String> token = json.text("access_token");
    if (token.isEmpty()) {
      return new Unusable(host + " sent no access_token", refreshToken);
    }
    if (!SENDABLE.matcher(token.get()).matches()) {
      return new Unusable(
          host + " sent an access_token with characters that no token has", refreshToken);
    }
    // RFC 6749 section 7.1: a token of a type we do not understand must not be used.
    Optional<String> otherType = json.text("token_type").filter(type -> !isBearer(type));
    if (otherType.isPresent()) {
      return new Unusable(
          host
              + " sent a token of type "
              + wording.tidy(otherType.get())
              + "; mail needs Bearer tokens",
          refreshToken);
    }
    return new Granted(
        Secret.of(token.get()),
        refreshToken,
        // No RFC has it; Google, Microsoft and Keycloak spell it in two ways.
        json.number("refresh_token_expires_in")
            .or(() -> json.number("refresh_expires_in"))
            .filter(seconds -> seconds > 0 && seconds < Integer.MAX_VALUE)
            .map(seconds -> Duration.ofSeconds(seconds.longValue())),
        json.number("expires_in").map(TokenReply::life).orElse(USUAL_LIFE),
        scope(json),
        json.text("id_token").flatMap(IdTokenClaims::read));
  }

  /** RFC 6749 section 5.1: compared without case. Servers that leave it out mean it, too. */
  private static boolean isBearer(String type) {
    return type.equalsIgnoreCase("Bearer");
  }

  /** Not positive is as good as not said. */
  private static Duration life(double seconds) {
    if (seconds < 1) {
      return USUAL_LIFE;
    }
    return seconds < LONGEST_LIFE.toSeconds() ? Duration.ofSeconds((long) seconds) : LONGEST_LIFE;
  }

  /** Separated by blanks (RFC 6749 section 3.3); some servers send an array. */
  private static List<String> scope(Json json) {
    return json.text("scope")
        .map(text ->
            Arrays.stream(text.split("\\s+")).filter(Predicate.not(String::isEmpty)).toList())
        .orElseGet(() -> json.texts("scope"));
  }

  private Unavailable unavailable(Answer answer, String what) {
    return new Unavailable(
        host + " answered with HTTP " + answer.status() + ": " + what, answer.retryAfter());
  }

  /** A network that wants to be signed in to first answers for everybody. */
  private static String portal(Answer answer) {
    return answer.status() < 400 ? "; does this network want you to sign in first?" : "";
  }
}
