package org.cloudmdirsync.doctor;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.doctor.Finding.Passed;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.http.HttpResult;
import org.cloudmdirsync.http.Json;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.DiscoveryResult;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.tls.Trust;

/** The authorization server's own description: it tells a wrong tenant or issuer, and a portal. */
final class MetadataCheck {
  private final URI address;
  private final Account account;
  private final HostChecks host;
  private final Map<String, String> environment;
  private final Diagnosis diagnosis;

  MetadataCheck(
      URI address,
      Account account,
      HostChecks host,
      Map<String, String> environment,
      Diagnosis diagnosis) {
    this.address = address;
    this.account = account;
    this.host = host;
    this.environment = environment;
    this.diagnosis = diagnosis;
  }

  Check check() {
    return new Check("discovery", address.toString(), List.of(host.httpsCheck()), this::look);
  }

  private Finding look() {
    return switch (account.provider().endpoints()) {
      case EndpointSource.Known _ -> document();
      case EndpointSource.Discovered discovered -> discovered(discovered);
    };
  }

  private Finding document() {
    try (Http http = new Http(Trust.system(environment), environment)) {
      return switch (http.get(address, Map.of())) {
        case HttpResult.NoAnswer(String reason) ->
            Failed.of(Fault.TRY_AGAIN, "There is no answer: " + reason + ".", "Try again.");
        case HttpResult.Answer answer -> read(answer);
      };
    }
  }

  private Finding read(HttpResult.Answer answer) {
    return Json.object(answer.body().text())
        .map(json ->
            json.text("error")
                .<Finding>map(error -> error(error, json.text("error_description").orElse("")))
                .orElseGet(() -> known(answer, json)))
        .orElseGet(() -> noDocument(answer));
  }

  private Finding error(String error, String description) {
    return diagnosis
        .error(error, description)
        .orElseGet(() ->
            Failed.of(
                Fault.CONFIGURATION,
                "The provider says: " + (error + " " + description).strip() + ".",
                "Check tenant, issuer and client_id in the configuration."));
  }

  private Finding known(HttpResult.Answer answer, Json json) {
    return answer.success() && json.text("token_endpoint").isPresent()
        ? new Passed("issuer " + json.text("issuer").orElse("not named"))
        : noDocument(answer);
  }

  private Finding noDocument(HttpResult.Answer answer) {
    String what = answer.body().kind();
    return diagnosis
        .words(what + " where metadata was expected")
        .filter(_ -> !answer.success() || what.contains("page"))
        .orElseGet(() ->
            Failed.of(
                answer.status() >= 500 ? Fault.TRY_AGAIN : Fault.CONFIGURATION,
                "%s answered with HTTP %d and %s where its description was expected."
                    .formatted(address.getHost(), answer.status(), what),
                answer.status() >= 500
                    ? "Wait: the daemon tries again by itself."
                    : "Check tenant, issuer and the addresses in the configuration."));
  }

  private Finding discovered(EndpointSource.Discovered source) {
    try (Http http = new Http(Trust.system(environment), environment)) {
      return switch (new Discovery(http).resolve(source)) {
        case DiscoveryResult.Found found ->
            new Passed("token endpoint " + found.endpoints().token());
        case DiscoveryResult.Unavailable(String reason) ->
            diagnosis
                .words(reason)
                .orElseGet(() ->
                    Failed.of(
                        Fault.TRY_AGAIN,
                        "The provider's description cannot be had: " + reason + ".",
                        "Wait: the daemon tries again by itself."));
        case DiscoveryResult.Invalid(String reason) ->
            Failed.of(
                Fault.CONFIGURATION,
                "The provider's description cannot be used: " + reason + ".",
                "Correct issuer= in the configuration, or name the endpoints instead.");
      };
    }
  }
}
