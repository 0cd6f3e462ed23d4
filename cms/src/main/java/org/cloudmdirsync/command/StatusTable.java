package org.cloudmdirsync.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.control.Message;

/** A {@link StatusReport} for people: a paragraph for each account. */
final class StatusTable {
  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter LATER = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  private final Instant now;
  private final ZoneId zone;
  private final StringBuilder out = new StringBuilder();

  private StatusTable(Instant now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  static String of(Message status, Instant now, ZoneId zone) {
    StatusTable table = new StatusTable(now, zone);
    List<Message> accounts = status.messages("accounts");
    if (accounts.isEmpty()) {
      table.out.append("no accounts\n");
    }
    accounts.forEach(account -> table.account(account, status.text("web_url").orElse("")));
    return table.out.toString();
  }

  private void account(Message account, String webUrl) {
    String condition = account.text("condition").orElse("");
    out.append(
        "%s (%s): %s%n"
            .formatted(
                account.text("user").orElse(""),
                account.text("provider").orElse(""),
                condition.replace('-', ' ')));
    account.text("problem").ifPresent(problem -> line("problem", problem));
    if (condition.equals("sign-in-needed")) {
      line(
          "to do",
          "cloud-mdir-sync login %s, or open %s"
              .formatted(account.text("user").orElse(""), webUrl));
    }
    moment(account, "expires", "token until");
    moment(account, "refreshed", "refreshed");
    moment(account, "next_refresh", "next refresh");
    moment(account, "lapses", "sign-in until");
    account
        .messages("sockets")
        .forEach(socket ->
            line(
                "served on",
                "%s (%s)%s"
                    .formatted(
                        socket.text("path").orElse(""),
                        String.join(", ", socket.texts("protocols")),
                        asked(socket))));
  }

  private String asked(Message socket) {
    Optional<Instant> when = socket.text("last_asked").flatMap(StatusTable::parse);
    return when.map(at ->
            ", last asked by %s at %s: %s"
                .formatted(
                    socket.text("last_asked_by").orElse("somebody"),
                    words(at),
                    socket.text("last_answer").orElse("")))
        .orElse("");
  }

  private void moment(Message account, String member, String label) {
    account.text(member).flatMap(StatusTable::parse).ifPresent(when -> line(label, words(when)));
  }

  private static Optional<Instant> parse(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException notOne) {
      return Optional.empty();
    }
  }

  /** The time of day, and how far away; the date only when that is not soon. */
  private String words(Instant when) {
    Duration distance = Duration.between(now, when);
    boolean soon = distance.abs().compareTo(Duration.ofHours(12)) < 0;
    String time = (soon ? TODAY : LATER).format(when.atZone(zone));
    return distance.isNegative()
        ? "%s (%s ago)".formatted(time, length(distance.negated()))
        : "%s (in %s)".formatted(time, length(distance));
  }

  private static String length(Duration span) {
    if (span.toMinutes() < 2) {
      return span.toSeconds() + " s";
    } else if (span.toHours() < 2) {
      return span.toMinutes() + " min";
    }
    return span.toHours() < 48 ? span.toHours() + " h" : span.toDays() + " days";
  }

  private void line(String label, String text) {
    out.append("  %-14s%s%n".formatted(label, text));
  }
}
