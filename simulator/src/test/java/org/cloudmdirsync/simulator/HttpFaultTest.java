package org.cloudmdirsync.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class HttpFaultTest extends WithSimulator {
  private static final String TOKEN = "/generic/token";

  @Test
  void servesFaultsInTurnAndThenTheTruth() throws Exception {
    Faults<HttpFault> faults = simulator.httpFaults();
    faults.next("token", HttpFault.tooManyRequests(120));
    faults.next("token", HttpFault.captivePortal());
    HttpResponse<String> busy = redeem();
    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(busy.headers().firstValue("Retry-After")).contains("120");
    HttpResponse<String> portal = redeem();
    assertThat(portal.statusCode()).isEqualTo(200);
    assertThat(portal.body()).contains("<html>");
    assertThat(redeem().statusCode()).isEqualTo(200);
  }

  @Test
  void keepsAStandingFaultUntilItIsCleared() throws Exception {
    simulator.httpFaults().always("token", HttpFault.unavailable());
    assertThat(redeem().statusCode()).isEqualTo(503);
    assertThat(redeem().statusCode()).isEqualTo(503);
    simulator.httpFaults().clear();
    assertThat(redeem().statusCode()).isEqualTo(200);
  }

  @Test
  void singlesOutAGrant() throws Exception {
    simulator.httpFaults().always("token.refresh_token", HttpFault.emptyBody());
    Map<String, Object> tokens = Visitor.json(redeem());
    String refresh = Visitor.member(tokens, "refresh_token");
    assertThat(visitor.post(TOKEN, Visitor.refreshing(refresh, "smtp")).body()).isEmpty();
  }

  @Test
  void editsTheTruth() throws Exception {
    simulator.httpFaults().next("token", HttpFault.with("expires_in", "3599"));
    assertThat(Visitor.json(redeem())).containsEntry("expires_in", "3599");
    simulator.httpFaults().next("token", HttpFault.with("token_type", "bearer"));
    assertThat(Visitor.json(redeem())).containsEntry("token_type", "bearer");
    simulator.httpFaults().next("token", HttpFault.without("refresh_token", "scope"));
    assertThat(Visitor.json(redeem())).containsOnlyKeys("token_type", "expires_in", "access_token");
  }

  @Test
  void breaksTheConnection() throws Exception {
    simulator.httpFaults().next("token", new HttpFault.CutShort());
    assertThatThrownBy(this::redeem).isInstanceOf(IOException.class);
    simulator.httpFaults().next("token", new HttpFault.Reset());
    assertThatThrownBy(this::redeem).isInstanceOf(IOException.class);
    simulator.httpFaults().next("token", new HttpFault.Hang());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<HttpResponse<String>> waiting = threads.submit(this::redeem);
      assertThat(simulator.counters().await("token", 3, Duration.ofSeconds(30))).isTrue();
      assertThat(waiting.isDone()).isFalse();
      simulator.close();
      assertThatThrownBy(waiting::get).hasCauseInstanceOf(IOException.class);
    }
  }

  @Test
  void dripsAndPads() throws Exception {
    simulator.httpFaults().next("token", new HttpFault.Drip(0));
    assertThat(redeem().statusCode()).isEqualTo(200);
    simulator.httpFaults().next("token", new HttpFault.Huge(3_000_000));
    assertThat(redeem().body()).hasSize(3_000_000);
  }

  @Test
  void writesRetryAfterAsADate() throws Exception {
    simulator
        .httpFaults()
        .next("token", HttpFault.tooManyRequests(Instant.parse("2026-11-23T01:02:03Z")));
    assertThat(redeem().headers().firstValue("Retry-After"))
        .contains("Mon, 23 Nov 2026 01:02:03 GMT");
  }

  @Test
  void knowsMicrosoftsErrors() throws Exception {
    for (int number : Aadsts.numbers()) {
      simulator.httpFaults().next("token", new HttpFault.Aadsts(number));
      HttpResponse<String> answer = visitor.post("/common/oauth2/v2.0/token", Map.of());
      assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
      assertThat(Visitor.json(answer))
          .containsEntry("error_codes", List.of(number))
          .containsKeys("error", "trace_id");
    }
    simulator.httpFaults().next("token", new HttpFault.Aadsts(50076));
    assertThat(visitor.post("/common/oauth2/v2.0/token", Map.of()).body())
        .contains("interaction_required", "claims", "\\r\\n");
  }

  private HttpResponse<String> redeem() throws Exception {
    String code = visitor.code("/generic/authorize", "ann@example.com", "smtp");
    return visitor.post(TOKEN, Visitor.redemption(code, "smtp"));
  }
}
