package org.cloudmdirsync.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;

/** What we send, read by somebody else's library. */
class AuthorizationRequestTest {
  private static final Endpoints ENDPOINTS =
      Registrations.at(URI.create("https://login.example.com/"));
  private static final List<String> SCOPE =
      List.of("https://outlook.office.com/SMTP.Send", "offline_access");

  private static AuthorizationRequest request(
      Map<String, String> parameters, String hint, int seed) {
    return AuthorizationRequest.create(
        ENDPOINTS, Registrations.PUBLIC, SCOPE, parameters, hint, new Random(seed));
  }

  @Test
  void challengesAsTheRfcDoes() {
    assertThat(Pkce.challenge(Secret.of("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")))
        .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  }

  @Test
  void isWhatAnotherLibraryReads() throws Exception {
    AuthorizationRequest ours = request(Map.of("access_type", "offline"), "joe+x@example.com", 1);

    com.nimbusds.oauth2.sdk.AuthorizationRequest read =
        com.nimbusds.oauth2.sdk.AuthorizationRequest.parse(ours.uri());

    assertThat(read.getEndpointURI()).isEqualTo(ENDPOINTS.authorization());
    assertThat(read.getResponseType().impliesCodeFlow()).isTrue();
    assertThat(read.getClientID().getValue()).isEqualTo("app-1");
    assertThat(read.getRedirectionURI()).isEqualTo(Registrations.REDIRECT);
    assertThat(read.getScope().toStringList()).isEqualTo(SCOPE);
    assertThat(read.getState().getValue()).isEqualTo(ours.state());
    assertThat(read.getCodeChallengeMethod()).isEqualTo(CodeChallengeMethod.S256);
    assertThat(read.getCodeChallenge().getValue()).isEqualTo(Pkce.challenge(ours.verifier()));
    assertThat(read.getCustomParameter("login_hint")).containsExactly("joe+x@example.com");
    assertThat(read.getCustomParameter("access_type")).containsExactly("offline");
  }

  @Test
  void passesAClaimsChallengeVerbatim() throws Exception {
    String claims = "{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\"a+b&c\"]}}}";
    assertThat(
            com.nimbusds.oauth2.sdk.AuthorizationRequest.parse(
                    request(Map.of("claims", claims, "prompt", "consent"), "", 1).uri())
                .getCustomParameter("claims"))
        .containsExactly(claims);
  }

  @Test
  void keepsTheEndpointsOwnQueryAndLeavesOutAnEmptyHint() {
    Endpoints own =
        Endpoints.of(URI.create("https://login.example.com/a?policy=1"), ENDPOINTS.token());
    String uri =
        AuthorizationRequest.create(own, Registrations.PUBLIC, SCOPE, Map.of(), "", new Random(1))
            .uri()
            .toString();
    assertThat(uri).startsWith("https://login.example.com/a?policy=1&client_id=app-1&");
    assertThat(uri).doesNotContain("login_hint").doesNotContain("+");
  }

  @Test
  void parametersCannotReplaceTheProtocols() {
    String uri =
        request(Map.of("code_challenge_method", "plain", "state", "1"), "", 1).uri().toString();
    assertThat(uri).contains("code_challenge_method=S256").doesNotContain("plain");
    assertThat(uri).doesNotContain("state=1&");
  }

  @Test
  void neverTheSameTwice() {
    Set<String> seen = new HashSet<>();
    Random random = new Random(7);
    for (int i = 0; i < 1000; i++) {
      AuthorizationRequest one =
          AuthorizationRequest.create(ENDPOINTS, Registrations.PUBLIC, SCOPE, Map.of(), "", random);
      assertThat(seen.add(one.state())).isTrue();
      assertThat(seen.add(one.verifier().expose())).isTrue();
      assertThat(one.verifier().expose()).matches("[A-Za-z0-9_-]{43}");
    }
  }

  @Test
  void doesNotPrintItsVerifier() {
    AuthorizationRequest one = request(Map.of(), "", 3);
    assertThat(one.toString()).doesNotContain(one.verifier().expose());
  }
}
