package org.cloudmdirsync.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MicrosoftTest extends WithSimulator {
  private static final String AUTHORIZE = "/common/oauth2/v2.0/authorize";
  private static final String TOKEN = "/common/oauth2/v2.0/token";
  private static final String SMTP = "https://outlook.office.com/SMTP.Send";
  private static final String GRAPH = "https://graph.microsoft.com/Mail.ReadWrite";

  @Test
  void signsInByPageAndPost() throws Exception {
    HttpResponse<String> page =
        visitor.get(AUTHORIZE + "?" + Visitor.encode(Visitor.authorization(SMTP)));
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("Sign in", SMTP, Visitor.CHALLENGE);

    Map<String, String> form = Visitor.authorization(SMTP);
    form.put("user", "ann@example.com");
    form.put("decision", "allow");
    HttpResponse<String> answer = visitor.post(AUTHORIZE, form);
    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(Visitor.callback(answer))
        .containsEntry("state", "s-1")
        .containsKeys("code", "session_state")
        .doesNotContainKey("iss");
  }

  @Test
  void grantsTokensForOneResourceAndRefreshesForAnother() throws Exception {
    String code =
        visitor.code(AUTHORIZE, "ann@example.com", SMTP + " " + GRAPH + " offline_access openid");
    Map<String, Object> first =
        Visitor.json(visitor.post(TOKEN, Visitor.redemption(code, SMTP + " offline_access")));
    assertThat(first)
        .containsEntry("scope", SMTP)
        .containsEntry("token_type", "Bearer")
        .containsEntry("expires_in", 3600)
        .containsKeys("access_token", "refresh_token", "id_token");

    Map<String, Object> second =
        Visitor.json(
            visitor.post(TOKEN, Visitor.refreshing(Visitor.member(first, "refresh_token"), GRAPH)));
    assertThat(second).containsEntry("scope", GRAPH);
    assertThat(second.get("refresh_token")).isNotEqualTo(first.get("refresh_token"));

    // The old one goes on working.
    assertThat(
            visitor
                .post(TOKEN, Visitor.refreshing(Visitor.member(first, "refresh_token"), SMTP))
                .statusCode())
        .isEqualTo(200);
    assertThat(simulator.counters().get("refreshes")).isEqualTo(2);
  }

  @Test
  void refusesTwoResourcesInOneRedemption() throws Exception {
    String code = visitor.code(AUTHORIZE, "ann@example.com", SMTP + " " + GRAPH);
    HttpResponse<String> answer = visitor.post(TOKEN, Visitor.redemption(code, SMTP + " " + GRAPH));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(Visitor.json(answer))
        .containsEntry("error", "invalid_scope")
        .containsEntry("error_codes", List.of(70011));
  }

  @Test
  void takesACodeOnceWithItsVerifierAtItsTenant() throws Exception {
    String code = visitor.code(AUTHORIZE, "ann@example.com", SMTP);
    assertThat(
            error(visitor.post("/organizations/oauth2/v2.0/token", Visitor.redemption(code, SMTP))))
        .isEqualTo(700005);

    String second = visitor.code(AUTHORIZE, "ann@example.com", SMTP);
    Map<String, String> wrong = Visitor.redemption(second, SMTP);
    wrong.put("code_verifier", Visitor.VERIFIER.toLowerCase(java.util.Locale.ROOT));
    assertThat(error(visitor.post(TOKEN, wrong))).isEqualTo(501481);

    String third = visitor.code(AUTHORIZE, "ann@example.com", SMTP);
    assertThat(visitor.post(TOKEN, Visitor.redemption(third, SMTP)).statusCode()).isEqualTo(200);
    assertThat(error(visitor.post(TOKEN, Visitor.redemption(third, SMTP)))).isEqualTo(54005);
  }

  @Test
  void obeysTheTypeOfTheRegistration() throws Exception {
    simulator
        .directory()
        .register(
            new Client(
                "app",
                Client.Kind.SPA,
                List.of("http://127.0.0.1/oauth2/msal"),
                java.util.Optional.empty()));
    String code = visitor.code(AUTHORIZE, "ann@example.com", SMTP);
    Map<String, String> redemption = Visitor.redemption(code, SMTP);
    redemption.remove("client_secret");
    assertThat(error(visitor.post(TOKEN, redemption))).isEqualTo(9002327);
    assertThat(visitor.post(TOKEN, redemption, "Origin", "http://127.0.0.1:8080").statusCode())
        .isEqualTo(200);
  }

  @Test
  void neverRedirectsToAStranger() throws Exception {
    Map<String, String> form = Visitor.authorization(SMTP);
    form.put("redirect_uri", "http://attacker.invalid/");
    HttpResponse<String> answer = visitor.get(AUTHORIZE + "?" + Visitor.encode(form));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
  }

  private static int error(HttpResponse<String> response) {
    assertThat(response.statusCode()).isBetween(400, 401);
    String words = Visitor.member(Visitor.json(response), "error_description");
    return Integer.parseInt(words.substring("AADSTS".length(), words.indexOf(':')));
  }
}
