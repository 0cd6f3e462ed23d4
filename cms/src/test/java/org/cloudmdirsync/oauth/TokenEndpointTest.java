package org.cloudmdirsync.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.RefreshTokenGrant;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import java.util.List;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.http.ScriptedServer;
import org.cloudmdirsync.oauth.TokenResponse.Granted;
import org.cloudmdirsync.oauth.TokenResponse.Refused;
import org.cloudmdirsync.oauth.TokenResponse.Unavailable;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;

/** What we send, read by somebody else's library; and that no secret comes back in words. */
class TokenEndpointTest {
  private static final Secret CODE = Secret.of("4/0Ax+the code");
  private static final Secret VERIFIER = Secret.of("v".repeat(43));
  private static final Secret REFRESH = Secret.of("1//0g+refresh&token=%41");
  private static final String TOKEN =
      "{\"access_token\":\"at\",\"token_type\":\"Bearer\",\"expires_in\":3600}";

  @Test
  void redeemsACode() throws Exception {
    try (ScriptedServer server = ScriptedServer.open(ScriptedServer.json(200, TOKEN));
        Http http = Registrations.http()) {
      TokenResponse response =
          new TokenEndpoint(http)
              .redeem(
                  Registrations.at(server.uri("/")),
                  Registrations.PUBLIC,
                  CODE,
                  VERIFIER,
                  List.of("https://outlook.office.com/SMTP.Send", "offline_access"));

      assertThat(response).isInstanceOf(Granted.class);
      TokenRequest request = parsed(server);
      AuthorizationCodeGrant grant = (AuthorizationCodeGrant) request.getAuthorizationGrant();
      assertThat(grant.getAuthorizationCode().getValue()).isEqualTo(CODE.expose());
      assertThat(grant.getCodeVerifier().getValue()).isEqualTo(VERIFIER.expose());
      assertThat(grant.getRedirectionURI()).isEqualTo(Registrations.REDIRECT);
      assertThat(request.getClientID().getValue()).isEqualTo("app-1");
      assertThat(request.getClientAuthentication()).isNull();
      // RFC 6749 knows no scope here and Nimbus does not look; Microsoft does.
      assertThat(server.onlyRequest().body())
          .contains("scope=https%3A%2F%2Foutlook.office.com%2FSMTP.Send+offline_access");
      assertThat(server.onlyRequest().headers()).doesNotContainKey("origin");
    }
  }

  @Test
  void refreshesWithASecretAndWithoutAScope() throws Exception {
    try (ScriptedServer server = ScriptedServer.open(ScriptedServer.json(200, TOKEN));
        Http http = Registrations.http()) {
      new TokenEndpoint(http)
          .refresh(
              Registrations.at(server.uri("/")), Registrations.CONFIDENTIAL, REFRESH, List.of());

      TokenRequest request = parsed(server);
      RefreshTokenGrant grant = (RefreshTokenGrant) request.getAuthorizationGrant();
      assertThat(grant.getRefreshToken().getValue()).isEqualTo(REFRESH.expose());
      assertThat(
              ((ClientSecretPost) request.getClientAuthentication()).getClientSecret().getValue())
          .isEqualTo("s3cr+t&client");
      assertThat(request.getScope()).isNull();
    }
  }

  @Test
  void aSinglePageAppNamesItsOrigin() throws Exception {
    try (ScriptedServer server = ScriptedServer.open(ScriptedServer.json(200, TOKEN));
        Http http = Registrations.http()) {
      new TokenEndpoint(http)
          .refresh(Registrations.at(server.uri("/")), Registrations.SPA, REFRESH, List.of());

      assertThat(server.onlyRequest().headers()).containsEntry("origin", "http://127.0.0.1:8080");
    }
  }

  @Test
  void repeatsNoSecretThatTheServerEchoes() throws Exception {
    ScriptedServer.Script echo =
        (request, out) ->
            ScriptedServer.json(
                    400,
                    "{\"error\":\"invalid_grant\",\"error_description\":\"bad: "
                        + request.body()
                        + " or "
                        + REFRESH.expose()
                        + "\",\"claims\":\""
                        + REFRESH.expose()
                        + "\"}")
                .answer(request, out);
    try (ScriptedServer server = ScriptedServer.open(echo);
        Http http = Registrations.http()) {
      TokenResponse response =
          new TokenEndpoint(http)
              .refresh(
                  Registrations.at(server.uri("/")),
                  Registrations.CONFIDENTIAL,
                  REFRESH,
                  List.of());

      assertThat(response)
          .isInstanceOfSatisfying(
              Refused.class,
              refused -> {
                assertThat(refused.description()).contains("bad: ").contains("<removed>");
                assertThat(refused.claims()).isEmpty();
              });
      assertThat(response.toString())
          .doesNotContain(REFRESH.expose())
          .doesNotContain("0g%2Brefresh")
          .doesNotContain("s3cr");
    }
  }

  @Test
  void anUnreachableServerIsUnavailable() throws Exception {
    try (Http http = Registrations.http()) {
      ScriptedServer gone = ScriptedServer.open(ScriptedServer.json(200, TOKEN));
      gone.close();
      assertThat(
              new TokenEndpoint(http)
                  .refresh(
                      Registrations.at(gone.uri("/")), Registrations.PUBLIC, REFRESH, List.of()))
          .isInstanceOf(Unavailable.class);
    }
  }

  private static TokenRequest parsed(ScriptedServer server) throws Exception {
    ScriptedServer.Request received = server.onlyRequest();
    HTTPRequest request =
        new HTTPRequest(HTTPRequest.Method.valueOf(received.method()), server.uri("/token"));
    request.setContentType(received.headers().get("content-type"));
    request.setBody(received.body());
    return TokenRequest.parse(request);
  }
}
