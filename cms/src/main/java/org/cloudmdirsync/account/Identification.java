package org.cloudmdirsync.account;

import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.IdToken;
import org.cloudmdirsync.oauth.UserInfo;
import org.cloudmdirsync.oauth.UserInfoResult;

/** Who signed in, compared with whom the configuration names. */
sealed interface Identification {

  /** The configured user. */
  record Verified() implements Identification {}

  /** The provider has no word on it. */
  record Unverified() implements Identification {}

  /** Another person, under this name. */
  record SomebodyElse(String actual) implements Identification {}

  /** The provider should have said, and did not. */
  record Unanswered(String reason) implements Identification {}

  static Identification of(
      Account account, Endpoints endpoints, Granted granted, UserInfo userInfo) {
    return switch (account.provider().identity()) {
      case UNKNOWN -> new Unverified();
      case USER_INFO -> asked(account, endpoints, granted, userInfo);
      case ID_TOKEN -> {
        Optional<List<String>> names =
            granted.idToken().map(IdToken::names).filter(list -> !list.isEmpty());
        yield names.isPresent()
            ? compared(account, names.get())
            : asked(account, endpoints, granted, userInfo);
      }
    };
  }

  private static Identification asked(
      Account account, Endpoints endpoints, Granted granted, UserInfo userInfo) {
    return switch (userInfo.names(endpoints, granted.accessToken())) {
      case UserInfoResult.Known known -> compared(account, known.names());
      case UserInfoResult.Unavailable unavailable -> new Unanswered(unavailable.reason());
      case UserInfoResult.Refused refused -> new Unanswered(refused.reason());
    };
  }

  /** Addresses are compared without regard to case: no provider tells them apart by it. */
  private static Identification compared(Account account, List<String> names) {
    if (names.isEmpty()) {
      return new Unanswered("it named nobody");
    }
    return names.stream().anyMatch(account.user()::equalsIgnoreCase)
        ? new Verified()
        : new SomebodyElse(names.getFirst());
  }
}
