package org.cloudmdirsync.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.http.ScriptedServer;
import org.cloudmdirsync.oauth.UserInfoResult.Known;
import org.cloudmdirsync.oauth.UserInfoResult.Refused;
import org.cloudmdirsync.oauth.UserInfoResult.Unavailable;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserInfoTest {
  private static final Secret TOKEN = Secret.of("the-access-token");

  private static Endpoints at(URI userInfo) {
    return new Endpoints(
        userInfo,
        userInfo,
        Optional.empty(),
        Optional.empty(),
        Optional.of(userInfo),
        Optional.empty(),
        false);
  }

  private static UserInfoResult names(int status, String body) throws Exception {
    try (ScriptedServer server = ScriptedServer.open(ScriptedServer.json(status, body));
        Http http = Registrations.http()) {
      UserInfoResult result = new UserInfo(http).names(at(server.uri("/me")), TOKEN);
      assertThat(server.onlyRequest().headers())
          .containsEntry("authorization", "Bearer the-access-token");
      assertThat(server.onlyRequest().target()).isEqualTo("/me");
      return result;
    }
  }

  @Test
  void tellsTheNames() throws Exception {
    assertThat(names(200, "{\"sub\":\"1\",\"email\":\"joe@example.com\",\"email_verified\":true}"))
        .isEqualTo(new Known(List.of("joe@example.com")));
    assertThat(names(200, "{}")).isEqualTo(new Known(List.of()));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void aRefusalIsFinal(int status) throws Exception {
    assertThat(names(status, "")).isInstanceOf(Refused.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500, 503, 302})
  void aBadMomentPasses(int status) throws Exception {
    assertThat(names(status, "{}")).isInstanceOf(Unavailable.class);
  }

  @Test
  void aWebPageIsABadMoment() throws Exception {
    assertThat(names(200, "<html>")).isInstanceOf(Unavailable.class);
  }

  @Test
  void notEveryProviderHasOne() {
    try (Http http = Registrations.http()) {
      assertThat(
              new UserInfo(http)
                  .names(Registrations.at(URI.create("https://login.example.com/")), TOKEN))
          .isInstanceOf(Refused.class);
    }
  }
}
