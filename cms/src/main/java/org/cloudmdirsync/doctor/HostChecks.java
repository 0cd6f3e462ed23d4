package org.cloudmdirsync.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.doctor.Finding.Passed;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.http.HttpResult;
import org.cloudmdirsync.http.ProxyRoute;
import org.cloudmdirsync.http.ProxyRoute.Direct;
import org.cloudmdirsync.http.ProxyRoute.Through;
import org.cloudmdirsync.http.ProxyRoute.Unusable;
import org.cloudmdirsync.tls.Trust;

/** A provider's host: its name, the proxy on the way, TLS, and its clock. */
final class HostChecks {
  private static final int PATIENCE_MILLIS = 10_000;

  /** What no time server would leave. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private final URI address;
  private final Map<String, String> environment;
  private final ProxyRoute route;
  private final Check name;
  private final Check proxy;
  private final Check https;
  private Optional<HttpResult.Answer> answer = Optional.empty();
  private Duration ahead = Duration.ZERO;

  /**
   * Asks for {@code address}; what is there does not matter.
   *
   * @param authorities whether there are certificates to verify by
   */
  HostChecks(URI address, Map<String, String> environment, Check authorities) {
    this.address = address;
    this.environment = environment;
    this.route = ProxyRoute.to(address, environment);
    this.name = new Check("name", address.getHost(), List.of(), this::name);
    this.proxy = new Check("proxy", address.getHost(), List.of(), this::proxy);
    this.https =
        new Check("TLS", address.getRawAuthority(), List.of(authorities, name, proxy), this::https);
  }

  List<Check> all() {
    return List.of(name, proxy, https);
  }

  Check clock() {
    return new Check("clock", address.getHost(), List.of(https), this::clockFinding);
  }

  Check httpsCheck() {
    return https;
  }

  /** What came of asking; empty before the check, or when it failed. */
  Optional<HttpResult.Answer> answer() {
    return answer;
  }

  private Finding name() {
    return switch (route) {
      case Direct() -> HostName.look(address.getHost());
      case Through through -> new Passed("looked up by the proxy " + authority(through));
      case Unusable _ -> new Passed("to be looked up by a proxy");
    };
  }

  private Finding proxy() {
    return switch (route) {
      case Direct() -> new Passed("none");
      case Unusable(String reason) ->
          Failed.of(
              Fault.CONFIGURATION,
              "The proxy that the environment names cannot be used: " + reason + ".",
              "Set HTTPS_PROXY to http://host:port, or unset it; with systemd, by"
                  + " systemctl --user edit cloud-mdir-sync (Environment=).");
      case Through through -> answers(through);
    };
  }

  private static Finding answers(Through proxy) {
    try (Socket socket = new Socket(java.net.Proxy.NO_PROXY)) {
      socket.connect(new InetSocketAddress(proxy.host(), proxy.port()), PATIENCE_MILLIS);
      return new Passed(authority(proxy) + " answers");
    } catch (IOException e) {
      return Failed.of(
          Fault.UNAVAILABLE,
          "The proxy %s does not answer: %s.".formatted(authority(proxy), e.getMessage()),
          "Correct HTTPS_PROXY, unset it where no proxy is needed, or exempt hosts by NO_PROXY.");
    }
  }

  private static String authority(Through proxy) {
    return proxy.host() + ":" + proxy.port();
  }

  private Finding https() {
    ShownCertificates shown = new ShownCertificates();
    Trust trust = Trust.system(environment).watchedBy(shown);
    try (Http http = new Http(trust, environment)) {
      Instant sent = Instant.now();
      return switch (http.get(address, Map.of())) {
        case HttpResult.Answer it -> {
          answer = Optional.of(it);
          it.date().ifPresent(date -> ahead = ahead(sent, date, Instant.now()));
          yield new Passed("answers" + shown.words());
        }
        case HttpResult.NoAnswer(String reason) ->
            shown
                .failure(trust, address.getHost())
                .orElseGet(() ->
                    Failed.of(
                        Fault.UNAVAILABLE,
                        "There is no answer: " + reason + ".",
                        "See that the network is up and lets port 443 out; where a proxy is needed,"
                            + " name it in HTTPS_PROXY."));
      };
    }
  }

  /** By how much this machine's clock is ahead of the server's, at least. */
  private static Duration ahead(Instant sent, Instant date, Instant received) {
    if (date.isBefore(sent)) {
      return Duration.between(date, sent);
    }
    return date.isAfter(received) ? Duration.between(date, received) : Duration.ZERO;
  }

  private Finding clockFinding() {
    if (answer.flatMap(HttpResult.Answer::date).isEmpty()) {
      return new Finding.Skipped("the server does not tell the time");
    }
    return ahead.abs().compareTo(TOLERANCE) <= 0
        ? new Passed("right")
        : Failed.of(
            Fault.UNAVAILABLE,
            "This machine's clock is %d minutes %s that of %s."
                .formatted(
                    Math.round(ahead.abs().toSeconds() / 60.0),
                    ahead.isPositive() ? "ahead of" : "behind",
                    address.getHost()),
            "Set it: timedatectl set-ntp true");
  }
}
