package org.cloudmdirsync.app;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cloudmdirsync.account.AccountEvent;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.account.BeginResult;
import org.cloudmdirsync.account.DeviceResult;
import org.cloudmdirsync.account.DeviceSignIn;
import org.cloudmdirsync.account.SignInResult;
import org.cloudmdirsync.account.SignInWay;
import org.cloudmdirsync.account.SignOutResult;
import org.cloudmdirsync.control.Caller;
import org.cloudmdirsync.control.Message;
import org.cloudmdirsync.event.EventFacts;
import org.cloudmdirsync.event.Events;
import org.cloudmdirsync.event.Events.Subscription;

/**
 * Signing in from a terminal: what the command {@code login} asks the daemon for.
 *
 * @param accounts who can sign in
 * @param events tell when somebody came through the page
 */
record SignInDesk(Accounts accounts, Events events) {
  /** As long as a sign-in that was begun can be completed. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** Begins a sign-in in the way that was asked for, and says how it ended where that is seen. */
  void begin(Message request, Caller caller) throws IOException, InterruptedException {
    String user = request.text("user").orElse("");
    String name = request.text("way").orElse("browser");
    Optional<SignInWay> way = way(name);
    Set<SignInWay> ways = accounts.signIns().ways(user);
    if (accounts.keeper(user).isPresent()) {
      caller.send(Message.of("ways", ways.stream().map(SignInDesk::name).toList()));
    }
    if (way.isEmpty()) {
      caller.send(Message.error("usage", "there is no way to sign in called " + name));
      return;
    }
    switch (way.get()) {
      case BROWSER -> browser(user, caller);
      case PASTE -> caller.send(begun(user).with("result", "begun"));
      case DEVICE -> device(user, caller);
    }
  }

  /** Takes the address that a browser ended on, as a person pasted it. */
  void complete(Message request, Caller caller) throws IOException {
    caller.send(result(accounts.signIns().complete(request.text("address").orElse(""))));
  }

  /** Signs somebody out, and says what is left to do. */
  Message end(Message request) {
    return switch (accounts.signIns().signOut(request.text("user").orElse(""))) {
      case SignOutResult.Revoked _ -> signedOut();
      case SignOutResult.NotRevocable(String _, String reason) -> signedOut().with("note", reason);
      case SignOutResult.NotReached(String _, String reason) ->
          signedOut()
              .with(
                  "note",
                  "the provider could not be told, and may take the sign-in for good until it"
                      + " lapses: "
                      + reason);
      case SignOutResult.NobodySignedIn _ -> Message.of("result", "not-signed-in");
      case SignOutResult.Failed(String _, String reason) -> Message.error("not-stored", reason);
      case SignOutResult.UnknownUser _ -> unknownUser();
    };
  }

  private static Message signedOut() {
    return Message.of("result", "signed-out");
  }

  private void browser(String user, Caller caller) throws IOException, InterruptedException {
    BlockingQueue<Message> news = new LinkedBlockingQueue<>();
    try (Subscription _ = events.subscribe(event -> hear(event, user, news))) {
      Message begun = begun(user);
      caller.send(begun);
      if (begun.text("error").isPresent()) {
        return;
      }
      caller.whenGone(() -> news.add(Message.error("failed", "given up")));
      await(news, caller);
    }
  }

  private static void await(BlockingQueue<Message> news, Caller caller)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST.toNanos();
    while (true) {
      Message next = news.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        caller.send(Message.error("failed", "nobody signed in for ten minutes; begin again"));
        return;
      }
      caller.send(next);
      if (next.text("note").isEmpty()) {
        return;
      }
    }
  }

  private static void hear(AccountEvent event, String user, BlockingQueue<Message> news) {
    if (!event.account().user().equals(user)) {
      return;
    }
    if (event instanceof AccountEvent.SignedIn) {
      news.add(signedIn(user));
    } else if (event instanceof AccountEvent.Problem(var _, var reason)) {
      news.add(Message.of("note", reason));
    } else if (event instanceof AccountEvent.Retired) {
      news.add(
          Message.error(
              "failed",
              "a reload has changed or removed the account; if it is there, begin again"));
    }
  }

  private void device(String user, Caller caller) throws IOException, InterruptedException {
    switch (accounts.signIns().device(user)) {
      case DeviceResult.Begun(DeviceSignIn signIn) -> {
        try (signIn) {
          caller.whenGone(signIn::close);
          caller.send(
              Message.of("verification_uri", signIn.verificationUri().toString())
                  .with("verification_uri_complete", signIn.complete().map(URI::toString))
                  .with("user_code", signIn.userCode())
                  .with("expires", EventFacts.time(signIn.expiry())));
          caller.send(result(signIn.await()));
        }
      }
      case DeviceResult.Unavailable(String reason) ->
          caller.send(Message.error("unavailable", reason));
      case DeviceResult.NotOffered(String reason) ->
          caller.send(Message.error("not-offered", reason));
      case DeviceResult.UnknownUser _ -> caller.send(unknownUser());
    }
  }

  private Message begun(String user) {
    return switch (accounts.signIns().begin(user)) {
      case BeginResult.Redirect(URI uri) ->
          Message.of("open", uri.toString())
              .with(
                  "redirect",
                  accounts.keeper(user).map(keeper -> keeper.account().redirectUri().toString()));
      case BeginResult.Unavailable(String reason) -> Message.error("unavailable", reason);
      case BeginResult.UnknownUser _ -> unknownUser();
    };
  }

  /** There is no such account; these there are. */
  Message unknownUser() {
    return Message.error(
        "unknown-user",
        "no such account is configured; there are: "
            + String.join(
                ", ", accounts.status().stream().map(status -> status.account().user()).toList()));
  }

  private static Message result(SignInResult result) {
    return switch (result) {
      case SignInResult.SignedIn(String user) -> signedIn(user);
      case SignInResult.Denied(String _, String words) -> Message.error("denied", words);
      case SignInResult.WrongUser(String configured, String actual) ->
          Message.error("wrong-user", actual + " signed in; sign in as " + configured);
      case SignInResult.Failed(String _, String reason) -> Message.error("failed", reason);
      case SignInResult.UnknownState(String reason) -> Message.error("failed", reason);
    };
  }

  private static Message signedIn(String user) {
    return Message.of("result", "signed-in").with("user", user);
  }

  private static Optional<SignInWay> way(String name) {
    for (SignInWay way : SignInWay.values()) {
      if (name(way).equals(name)) {
        return Optional.of(way);
      }
    }
    return Optional.empty();
  }

  private static String name(SignInWay way) {
    return way.name().toLowerCase(Locale.ROOT);
  }
}
