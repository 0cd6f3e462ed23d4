package org.cloudmdirsync.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdminTest extends WithSimulator {
  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void setsSwitches() throws Exception {
    assertThat(call("POST", "/switches", "{\"token-life\":7}")).contains("\"token-life\":7");
    assertThat(call("POST", "/switches", "{\"token-life\":\"7\"}")).contains("problem");
    assertThat(call("POST", "/switches", "{\"token-live\":7}")).contains("no switch token-live");
    assertThat(visitor.signIn("/generic/authorize", "/generic/token", "eve@example.com", "smtp"))
        .containsEntry("expires_in", 7);
    call("DELETE", "/switches", "");
    assertThat(call("GET", "/switches", "")).contains("\"token-life\":3600");
  }

  @Test
  void ordersFaults() throws Exception {
    call("POST", "/faults", "{\"at\":\"token\",\"aadsts\":700082,\"times\":2}");
    call("POST", "/faults", "{\"at\":\"userinfo\",\"status\":503,\"headers\":{\"X-Y\":\"z\"}}");
    assertThat(visitor.post("/token", Map.of()).body()).contains("AADSTS700082");
    HttpResponse<String> busy = visitor.get("/v1/userinfo");
    assertThat(busy.statusCode()).isEqualTo(503);
    assertThat(busy.headers().firstValue("X-Y")).contains("z");
    assertThat(call("GET", "/faults", "")).contains("700082");
    call("DELETE", "/faults", "");
    assertThat(visitor.post("/token", Map.of()).body()).doesNotContain("AADSTS700082");
    assertThat(call("POST", "/faults", "{\"at\":\"token\",\"named\":\"nothing\"}"))
        .contains("no fault named");
  }

  @Test
  void expiresAndRevokes() throws Exception {
    Map<String, Object> tokens =
        visitor.signIn("/generic/authorize", "/generic/token", "eve@example.com", "smtp");
    String access = Visitor.member(tokens, "access_token");
    assertThat(call("GET", "/tokens", "")).contains("\"valid\":true").doesNotContain(access);
    call("POST", "/tokens/expire?user=bob@example.com", "");
    assertThat(call("GET", "/tokens", "")).contains("\"valid\":true");
    call("POST", "/tokens/expire", "");
    assertThat(call("GET", "/tokens", "")).contains("\"valid\":false");
    call("POST", "/tokens/revoke?user=eve@example.com", "");
    String refresh = Visitor.member(tokens, "refresh_token");
    assertThat(visitor.post("/generic/token", Visitor.refreshing(refresh, "smtp")).body())
        .contains("invalid_grant");
  }

  @Test
  void knowsOnlyItsUsersAndClientsWhenToldSo() throws Exception {
    call("POST", "/users", "{\"users\":[\"ann@example.com\"]}");
    call("POST", "/switches", "{\"require-registered\":true}");
    Map<String, String> form = Visitor.authorization("smtp");
    form.put("user", "bob@example.com");
    form.put("decision", "allow");
    assertThat(visitor.post("/generic/authorize", form).statusCode()).isEqualTo(400);
    call(
        "POST",
        "/clients",
        "{\"id\":\"app\",\"kind\":\"native\",\"redirects\":[\"http://127.0.0.1/oauth2/msal\"]}");
    assertThat(visitor.post("/generic/authorize", form).body()).contains("There is no user");
    form.put("user", "ann@example.com");
    assertThat(visitor.post("/generic/authorize", form).statusCode()).isEqualTo(302);
    form.put("redirect_uri", "http://127.0.0.1:8080/oauth2/other");
    assertThat(visitor.post("/generic/authorize", form).statusCode()).isEqualTo(400);
  }

  @Test
  void approvesByItself() throws Exception {
    call("POST", "/switches", "{\"auto-approve\":true}");
    Map<String, String> form = Visitor.authorization("smtp");
    form.put("login_hint", "eve@example.com");
    assertThat(Visitor.callback(visitor.get("/generic/authorize?" + Visitor.encode(form))))
        .containsKey("code");
    assertThat(call("GET", "/wait?counter=sign-ins&value=1&seconds=1", "")).contains("true");
    assertThat(call("GET", "/wait?counter=sign-ins&value=2&seconds=0", "")).contains("false");
  }

  @Test
  void isWrittenUp() throws Exception {
    String manual = Files.readString(Path.of("../docs/simulator.md"));
    for (Switch each : Switch.values()) {
      assertThat(manual).contains("`" + each.key() + "`");
    }
    for (JsonElement call : JsonParser.parseString(call("GET", "/", "")).getAsJsonArray()) {
      assertThat(manual).contains("`" + call.getAsString());
    }
    for (Service service : Service.values()) {
      assertThat(manual).contains("`" + service.key() + "`");
    }
    for (Route.Place place : Route.Place.values()) {
      assertThat(manual).contains("`" + place.key() + "`");
    }
  }

  @Test
  void saysWhichPortIsTaken() {
    Options same = Options.standard().withPorts(Map.of("http", simulator.port(Service.HTTP)));
    assertThatThrownBy(() -> Simulator.open(same))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("for http");
  }

  @Test
  void introducesItself() {
    assertThat(SimulatorConsole.introduction(simulator))
        .contains(simulator.https().toString(), simulator.admin().toString(), "cms.cfg");
  }

  private String call(String method, String path, String body) throws Exception {
    URI uri = URI.create(simulator.admin() + path);
    return http.send(
            HttpRequest.newBuilder(uri)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
