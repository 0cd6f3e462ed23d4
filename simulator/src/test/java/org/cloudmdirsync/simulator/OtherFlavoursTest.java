package org.cloudmdirsync.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.oauth2.sdk.as.AuthorizationServerMetadata;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.net.http.HttpResponse;
import java.util.Map;
import net.minidev.json.JSONObject;
import org.junit.jupiter.api.Test;

/** Google's and the generic voice, read by Nimbus, which knows nothing of ours. */
class OtherFlavoursTest extends WithSimulator {
  private static final String MAIL = "https://mail.google.com/";

  @Test
  void googleKeepsTheRefreshTokenAndWantsTheSecret() throws Exception {
    Map<String, Object> tokens =
        visitor.signIn("/o/oauth2/v2/auth", "/token", "bob@example.com", MAIL + " openid email");
    String refresh = Visitor.member(tokens, "refresh_token");
    Map<String, Object> second =
        Visitor.json(visitor.post("/token", Visitor.refreshing(refresh, MAIL)));
    assertThat(second).containsKey("access_token").doesNotContainKey("refresh_token");

    Map<String, String> secretless = Visitor.refreshing(refresh, MAIL);
    secretless.remove("client_secret");
    assertThat(visitor.post("/token", secretless).statusCode()).isEqualTo(400);
    assertThat(
            visitor
                .get(
                    "/v1/userinfo",
                    "Authorization",
                    "Bearer " + Visitor.member(second, "access_token"))
                .body())
        .contains("bob@example.com");
  }

  @Test
  void googleSaysWhoItIsInTheCallback() throws Exception {
    Map<String, String> form = Visitor.authorization(MAIL);
    form.put("user", "bob@example.com");
    form.put("decision", "allow");
    assertThat(Visitor.callback(visitor.post("/o/oauth2/v2/auth", form)))
        .containsEntry("iss", simulator.https().toString())
        .containsEntry("scope", MAIL);
    form.put("decision", "deny");
    assertThat(Visitor.callback(visitor.post("/o/oauth2/v2/auth", form)))
        .containsEntry("error", "access_denied")
        .doesNotContainKey("code");
  }

  @Test
  void genericKillsTheFamilyOfAReusedToken() throws Exception {
    Map<String, Object> first =
        visitor.signIn("/generic/authorize", "/generic/token", "eve@example.com", "smtp");
    String old = Visitor.member(first, "refresh_token");
    Map<String, Object> second =
        Visitor.json(visitor.post("/generic/token", Visitor.refreshing(old, "smtp")));
    String fresh = Visitor.member(second, "refresh_token");
    assertThat(visitor.post("/generic/token", Visitor.refreshing(old, "smtp")).statusCode())
        .isEqualTo(400);
    assertThat(visitor.post("/generic/token", Visitor.refreshing(fresh, "smtp")).statusCode())
        .isEqualTo(400);
    assertThat(simulator.counters().get("reuses")).isEqualTo(1);
    assertThat(introspect(Visitor.member(second, "access_token"))).containsEntry("active", false);
  }

  @Test
  void introspectsForDovecot() throws Exception {
    Map<String, Object> tokens =
        visitor.signIn("/generic/authorize", "/generic/token", "eve@example.com", "smtp imap");
    assertThat(introspect(Visitor.member(tokens, "access_token")))
        .containsEntry("active", true)
        .containsEntry("username", "eve@example.com")
        .containsEntry("email", "eve@example.com")
        .containsEntry("scope", "smtp imap");
    assertThat(introspect("nonsense")).containsOnlyKeys("active").containsEntry("active", false);
  }

  @Test
  void describesItselfAsNimbusExpects() throws Exception {
    String inserted = visitor.get("/.well-known/oauth-authorization-server/generic").body();
    AuthorizationServerMetadata metadata = AuthorizationServerMetadata.parse(inserted);
    assertThat(metadata.getIssuer().getValue()).isEqualTo(simulator.https() + "/generic");
    assertThat(metadata.supportsAuthorizationResponseIssuerParam()).isTrue();
    for (String issuer : new String[] {"", "/generic", "/" + Issuer.TENANT_ID + "/v2.0"}) {
      String document = visitor.get(issuer + "/.well-known/openid-configuration").body();
      assertThat(OIDCProviderMetadata.parse(document).getIssuer().getValue())
          .isEqualTo(simulator.https() + issuer);
    }
  }

  @Test
  void signsIdTokens() throws Exception {
    Map<String, Object> tokens =
        visitor.signIn("/generic/authorize", "/generic/token", "eve@example.com", "openid smtp");
    OIDCTokenResponse response = OIDCTokenResponse.parse(new JSONObject(tokens));
    AccessToken token = response.getOIDCTokens().getAccessToken();
    assertThat(token.getLifetime()).isEqualTo(3600);
    SignedJWT idToken = (SignedJWT) response.getOIDCTokens().getIDToken();
    JWKSet keys = JWKSet.parse(visitor.get("/generic/jwks").body());
    assertThat(idToken.verify(new ECDSAVerifier(keys.getKeys().getFirst().toECKey()))).isTrue();
    assertThat(idToken.getJWTClaimsSet().getStringClaim("email")).isEqualTo("eve@example.com");
    assertThat(idToken.getJWTClaimsSet().getAudience()).containsExactly("app");
  }

  @Test
  void connectsADevice() throws Exception {
    Map<String, Object> device =
        Visitor.json(
            visitor.post("/generic/device", Visitor.form("client_id", "app", "scope", "smtp")));
    Map<String, String> poll =
        Visitor.form(
            "grant_type",
            DeviceFlow.GRANT,
            "client_id",
            "app",
            "device_code",
            Visitor.member(device, "device_code"));
    assertThat(visitor.post("/generic/token", poll).body()).contains("authorization_pending");
    visitor.post(
        "/generic/activate",
        Visitor.form(
            "user_code", Visitor.member(device, "user_code"),
            "user", "eve@example.com",
            "decision", "allow"));
    HttpResponse<String> granted = visitor.post("/generic/token", poll);
    assertThat(Visitor.json(granted)).containsKeys("access_token", "refresh_token");
    assertThat(visitor.post("/generic/token", poll).statusCode()).isEqualTo(400);
  }

  @Test
  void makesTokensOfAnySize() throws Exception {
    for (int size : new int[] {20, 400, 3000, 20_000}) {
      simulator.switches().set(Switch.TOKEN_SIZE, size);
      Map<String, Object> generic =
          visitor.signIn("/generic/authorize", "/generic/token", "eve@example.com", "smtp");
      assertThat(Visitor.member(generic, "access_token")).hasSize(size);
      assertThat(visitor.microsoft("ann@example.com", "https://outlook.office.com/SMTP.Send"))
          .hasSize(size);
    }
  }

  private Map<String, Object> introspect(String token) throws Exception {
    return Visitor.json(visitor.post("/introspect", Visitor.form("token", token)));
  }
}
