package org.cloudmdirsync.oauth;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cloudmdirsync.http.HttpResult;
import org.cloudmdirsync.http.HttpResult.Answer;
import org.cloudmdirsync.http.HttpResult.NoAnswer;
import org.cloudmdirsync.http.Json;
import org.cloudmdirsync.oauth.DevicePoll.Answered;
import org.cloudmdirsync.oauth.DevicePoll.Denied;
import org.cloudmdirsync.oauth.DevicePoll.Expired;
import org.cloudmdirsync.oauth.DevicePoll.Pending;
import org.cloudmdirsync.oauth.DevicePoll.SlowDown;
import org.cloudmdirsync.oauth.DeviceResponse.Issued;
import org.cloudmdirsync.oauth.DeviceResponse.Refused;
import org.cloudmdirsync.oauth.DeviceResponse.Unavailable;
import org.cloudmdirsync.secret.Secret;

/** Reads what a device authorization endpoint answered, and what polling for it brought. */
final class DeviceReply {
  /** RFC 8628 section 3.2: when the server does not say. */
  private static final Duration INTERVAL = Duration.ofSeconds(5);

  /** Whatever the server says: nobody is polled more often. */
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(1);

  /** It goes to a terminal, and a person types it. */
  private static final Pattern SHOWABLE = Pattern.compile("[\\x20-\\x7E]{1,64}");

  /** {@code expires_in} is required; who leaves it out will hardly mean less. */
  private static final Duration LIFE = Duration.ofMinutes(10);

  private final String host;
  private final Wording wording;

  DeviceReply(String host, Wording wording) {
    this.host = host;
    this.wording = wording;
  }

  DeviceResponse read(HttpResult result, Optional<Secret> verifier) {
    return switch (result) {
      case NoAnswer none -> new Unavailable(none.reason());
      case Answer answer -> read(answer, verifier);
    };
  }

  private DeviceResponse read(Answer answer, Optional<Secret> verifier) {
    Optional<Json> json = Json.object(answer.body().text());
    Optional<DeviceAuthorization> issued =
        json.filter(_ -> answer.success()).flatMap(it -> issued(it, verifier));
    if (issued.isPresent()) {
      return new Issued(issued.get());
    }
    String said = host + " answered with HTTP " + answer.status();
    return json.flatMap(it -> ErrorReply.of(it, wording))
        .<DeviceResponse>flatMap(error ->
            error.remedy().map(remedy -> new Refused(remedy, error.error(), error.description())))
        .orElseGet(() -> new Unavailable(said + " when asked for a code to sign in with"));
  }

  private static Optional<DeviceAuthorization> issued(Json json, Optional<Secret> verifier) {
    Optional<Secret> deviceCode = json.text("device_code").map(Secret::of);
    Optional<String> userCode =
        json.text("user_code").map(String::strip).filter(SHOWABLE.asMatchPredicate());
    // Google's spelling is older than the RFC.
    Optional<URI> page =
        Metadata.address(json, "verification_uri")
            .or(() -> Metadata.address(json, "verification_url"));
    Optional<URI> complete = Metadata.address(json, "verification_uri_complete");
    return deviceCode.isEmpty() || userCode.isEmpty() || page.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new DeviceAuthorization(
                deviceCode.get(),
                verifier,
                userCode.get(),
                page.get(),
                complete,
                seconds(json, "expires_in", LIFE),
                interval(json)));
  }

  private static Duration interval(Json json) {
    Duration interval = seconds(json, "interval", INTERVAL);
    return interval.compareTo(SHORTEST_INTERVAL) < 0 ? SHORTEST_INTERVAL : interval;
  }

  private static Duration seconds(Json json, String name, Duration otherwise) {
    return json.number(name)
        .filter(seconds -> seconds > 0 && seconds < Integer.MAX_VALUE)
        .map(seconds -> Duration.ofMillis(Math.round(seconds * 1000)))
        .orElse(otherwise);
  }

  /**
   * Section 3.5. The status says nothing: it is 400 in the book, Google's 428 for a pending sign-in
   * and 403 for a refused one.
   */
  static DevicePoll poll(HttpResult result, TokenResponse otherwise, Wording wording) {
    if (!(result instanceof Answer answer) || answer.success()) {
      return new Answered(otherwise);
    }
    Optional<ErrorReply> reply =
        Json.object(answer.body().text()).flatMap(it -> ErrorReply.of(it, wording));
    return switch (reply.map(ErrorReply::error).orElse("")) {
      case "authorization_pending" -> new Pending();
      case "slow_down" -> new SlowDown();
      case "access_denied", "authorization_declined" ->
          new Denied(reply.orElseThrow().error(), reply.orElseThrow().description());
      case "expired_token" -> new Expired();
      case String _ -> new Answered(otherwise);
    };
  }
}
