package org.cloudmdirsync.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.AccountStatus.Condition;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.account.TokenKeeper;
import org.cloudmdirsync.control.Caller;
import org.cloudmdirsync.control.ControlServer;
import org.cloudmdirsync.control.Message;
import org.cloudmdirsync.event.EventFacts;
import org.cloudmdirsync.event.Events;
import org.cloudmdirsync.event.Events.Subscription;
import org.cloudmdirsync.log.StderrLogger;

/**
 * What the running daemon does when it is told on its control socket.
 *
 * @param service what runs, and how to load it anew
 * @param accounts whose tokens it keeps
 * @param events what happens to them
 * @param desk where people sign in
 * @param metrics counters, in Prometheus' text form
 */
record Commands(
    Service service, Accounts accounts, Events events, SignInDesk desk, Supplier<String> metrics)
    implements ControlServer.Commands {

  private static final System.Logger LOG = System.getLogger(Commands.class.getName());

  /** A provider that has not answered by then is said to be silent; the attempt goes on. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final List<Level> LEVELS =
      List.of(Level.DEBUG, Level.INFO, Level.WARNING, Level.ERROR);

  @Override
  public void run(Message request, Caller caller) throws IOException, InterruptedException {
    switch (request.text("command").orElse("")) {
      case "status" -> caller.send(done("status").with("status", service.status()));
      case "login" -> desk.begin(request, caller);
      case "complete" -> desk.complete(request, caller);
      case "logout" -> caller.send(desk.end(request));
      case "refresh" -> caller.send(refresh(request));
      case "reload" -> caller.send(reload());
      case "events" -> tell(caller);
      case "log-level" -> caller.send(logLevel(request));
      case "metrics" -> caller.send(done("metrics").with("metrics", metrics.get()));
      default -> caller.send(Message.error("usage", "this daemon knows no such command"));
    }
  }

  private static Message done(String result) {
    return Message.of("result", result);
  }

  private Message refresh(Message request) throws InterruptedException {
    Optional<TokenKeeper> keeper = accounts.keeper(request.text("user").orElse(""));
    if (keeper.isEmpty()) {
      return desk.unknownUser();
    }
    return refresh(keeper.get(), PATIENCE);
  }

  /** What comes of asking now: that the token at hand is still good is no answer. */
  static Message refresh(TokenKeeper keeper, Duration patience) throws InterruptedException {
    Optional<Instant> before = keeper.status().refreshed();
    AccountStatus status = keeper.refresh(patience);
    boolean ready = status.condition() == Condition.READY;
    if (ready && !status.refreshed().equals(before)) {
      return done("refreshed").with("expires", status.expiry().map(EventFacts::time));
    }
    Condition condition = ready ? Condition.UNAVAILABLE : status.condition();
    String reason = status.problem().orElse("the provider has not answered yet");
    return Message.error(condition.word(), reason + retry(status));
  }

  private static String retry(AccountStatus status) {
    return status.nextRefresh().map(next -> "; next attempt " + EventFacts.time(next)).orElse("");
  }

  private Message reload() {
    return switch (service.reload()) {
      case ReloadResult.Reloaded(List<String> notices) -> done("reloaded").with("notices", notices);
      case ReloadResult.Broken(List<String> errors, var _) ->
          Message.error("configuration", "the old configuration stays in force")
              .with("errors", errors);
    };
  }

  /** One line for each change of state, for as long as somebody listens. */
  private void tell(Caller caller) throws IOException, InterruptedException {
    // A listener that does not read is closed after 4 s, so this does not grow for ever.
    BlockingQueue<Optional<Message>> news = new LinkedBlockingQueue<>();
    try (Subscription _ =
        events.subscribe(event ->
            news.add(Optional.of(EventFacts.of(event, InstantSource.system().instant()))))) {
      caller.whenGone(() -> news.add(Optional.empty()));
      for (Optional<Message> next = news.take(); next.isPresent(); next = news.take()) {
        caller.send(next.get());
      }
    }
  }

  private static Message logLevel(Message request) {
    Optional<String> wanted = request.text("level");
    Optional<Level> level =
        wanted.flatMap(name -> LEVELS.stream().filter(one -> name(one).equals(name)).findFirst());
    if (wanted.isPresent() && level.isEmpty()) {
      return Message.error(
          "usage",
          "there is no such level; there are "
              + String.join(", ", LEVELS.stream().map(Commands::name).toList()));
    }
    level.ifPresent(StderrLogger::choose);
    return done("log-level")
        .with("level", LEVELS.stream().filter(LOG::isLoggable).findFirst().map(Commands::name));
  }

  private static String name(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }
}
