package org.cloudmdirsync.account;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.cloudmdirsync.account.Admission.Attempt;
import org.cloudmdirsync.oauth.DeviceAuthorization;
import org.cloudmdirsync.oauth.DevicePace;
import org.cloudmdirsync.oauth.DevicePoll;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.TokenResponse;

/**
 * A sign-in on another device (RFC 8628): show {@link #verificationUri} and {@link #userCode}, then
 * {@link #await}. It belongs to one thread; only {@link #close} may come from another.
 */
public final class DeviceSignIn implements AutoCloseable {
  private final Attempt attempt;
  private final DeviceAuthorization authorization;
  private final TokenEndpoint endpoint;
  private final Admission admission;
  private final Clocks clocks;
  private final Moment expiry;
  private final CountDownLatch closed = new CountDownLatch(1);
  private DevicePace pace;

  DeviceSignIn(
      Attempt attempt,
      DeviceAuthorization authorization,
      TokenEndpoint endpoint,
      Admission admission,
      Clocks clocks) {
    this.attempt = attempt;
    this.authorization = authorization;
    this.endpoint = endpoint;
    this.admission = admission;
    this.clocks = clocks;
    this.expiry = clocks.now().plus(authorization.life());
    this.pace = DevicePace.of(authorization);
  }

  /** The page where the code is typed; it may be open on any device. */
  public URI verificationUri() {
    return authorization.verificationUri();
  }

  /** The same page with the code in it already, where the provider has that: good for a QR code. */
  public Optional<URI> complete() {
    return authorization.complete();
  }

  /** What the person types there. */
  public String userCode() {
    return authorization.userCode();
  }

  /** When the code is good for nothing any more. */
  public Instant expiry() {
    return expiry.wall();
  }

  /** Asks the provider at its pace until the person is done, says no, or the code has expired. */
  public SignInResult await() throws InterruptedException {
    while (true) {
      if (closed.await(pause().toNanos(), TimeUnit.NANOSECONDS)) {
        return new SignInResult.Failed(attempt.user(), "the sign-in was given up");
      }
      Optional<SignInResult> result = poll();
      if (result.isPresent()) {
        return result.get();
      }
    }
  }

  /** Gives up. */
  @Override
  public void close() {
    closed.countDown();
  }

  /** How long to wait before the next {@link #poll}: not beyond the code's end. */
  Duration pause() {
    Duration left = expiry.untilFrom(clocks.now());
    Duration pause = left.compareTo(pace.pause()) < 0 ? left : pace.pause();
    return pause.isNegative() ? Duration.ZERO : pause;
  }

  /** Asks once. */
  Optional<SignInResult> poll() {
    if (expiry.reached(clocks.now())) {
      return Optional.of(expired());
    }
    Moment asked = clocks.now();
    DevicePoll poll =
        endpoint.poll(
            attempt.endpoints(),
            attempt.account().client(),
            authorization,
            attempt.resource().request(attempt.account()));
    pace = pace.after(poll);
    return switch (poll) {
      case DevicePoll.Pending _, DevicePoll.SlowDown _ -> Optional.empty();
      case DevicePoll.Answered(TokenResponse.Unavailable _) -> Optional.empty();
      case DevicePoll.Answered(TokenResponse response) ->
          Optional.of(admission.admit(attempt, response, asked));
      case DevicePoll.Denied denied ->
          Optional.of(
              new SignInResult.Denied(
                  attempt.user(),
                  Admission.words(attempt.account(), denied.error(), denied.description())));
      case DevicePoll.Expired _ -> Optional.of(expired());
    };
  }

  private SignInResult expired() {
    return new SignInResult.Failed(
        attempt.user(), "nobody typed the code before it expired; begin again");
  }
}
