package org.cloudmdirsync.oauth;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.http.HttpResult.Answer;
import org.cloudmdirsync.http.HttpResult.NoAnswer;
import org.cloudmdirsync.http.Json;
import org.cloudmdirsync.secret.Secret;

/** Asks the userinfo endpoint who signed in (OpenID Connect Core section 5.3). */
public final class UserInfo {
  private final Http http;

  /** Asks through {@code http}. */
  public UserInfo(Http http) {
    this.http = http;
  }

  /**
   * The names of whoever an access token is for.
   *
   * @param accessToken one with the scope {@code openid}, and {@code email} to learn the address
   */
  public UserInfoResult names(Endpoints endpoints, Secret accessToken) {
    return endpoints
        .userInfo()
        .map(uri -> ask(uri, accessToken))
        .orElseGet(() -> new UserInfoResult.Refused("the provider has no userinfo endpoint"));
  }

  private UserInfoResult ask(URI uri, Secret accessToken) {
    Map<String, String> headers = Map.of("Authorization", "Bearer " + accessToken.expose());
    return switch (http.get(uri, headers)) {
      case NoAnswer none -> new UserInfoResult.Unavailable(none.reason());
      case Answer answer -> read(uri.getHost(), answer);
    };
  }

  private static UserInfoResult read(String host, Answer answer) {
    String said = host + " answered with HTTP " + answer.status();
    return switch (answer.status()) {
      case 401, 403, 404, 405 -> new UserInfoResult.Refused(said + " when asked who signed in");
      case 200 ->
          names(answer)
              .orElseGet(
                  () -> new UserInfoResult.Unavailable(said + " and " + answer.body().kind()));
      default -> new UserInfoResult.Unavailable(said + " when asked who signed in");
    };
  }

  private static Optional<UserInfoResult> names(Answer answer) {
    return Json.object(answer.body().text())
        .map(IdTokenClaims::names)
        .map(UserInfoResult.Known::new);
  }
}
