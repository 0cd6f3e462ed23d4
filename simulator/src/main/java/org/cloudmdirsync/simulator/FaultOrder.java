package org.cloudmdirsync.simulator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A fault ordered through the admin interface.
 *
 * @param at the endpoint or the moment: {@code token}, {@code smtp.credentials}
 * @param times how often; empty means always
 */
record FaultOrder(String at, Optional<Integer> times, Map<String, Object> what) {

  /** IllegalArgumentException when it says nothing that can be done. */
  static FaultOrder read(Map<String, Object> order) {
    if (!(order.get("at") instanceof String at)) {
      throw new IllegalArgumentException("\"at\" is missing");
    }
    Optional<Integer> times =
        Boolean.TRUE.equals(order.get("always"))
            ? Optional.empty()
            : Optional.of(number(order, "times", 1));
    return new FaultOrder(at, times, order);
  }

  void place(Cloud cloud) {
    if (at.startsWith("smtp.") || at.startsWith("imap.")) {
      place(cloud.mailFaults(), mailFault());
    } else {
      place(cloud.httpFaults(), httpFault());
    }
  }

  private <F> void place(Faults<F> faults, F fault) {
    if (times.isEmpty()) {
      faults.always(at, fault);
      return;
    }
    for (int i = 0; i < times.get(); i++) {
      faults.next(at, fault);
    }
  }

  private MailFault mailFault() {
    if (what.containsKey("hang")) {
      return new MailFault.Hang();
    }
    if (what.containsKey("reset")) {
      return new MailFault.Reset();
    }
    String reply = text("reply");
    if (what.containsKey("challenge")) {
      return new MailFault.Challenge(text("challenge"), reply);
    }
    return what.containsKey("drop")
        ? new MailFault.ReplyAndDrop(reply)
        : new MailFault.Reply(reply);
  }

  private HttpFault httpFault() {
    if (what.containsKey("named")) {
      return named(text("named"));
    }
    if (what.containsKey("aadsts")) {
      int number = number(what, "aadsts", 0);
      if (!Aadsts.numbers().contains(number)) {
        throw new IllegalArgumentException("no AADSTS" + number + " in the list");
      }
      return new HttpFault.Aadsts(number);
    }
    if (what.containsKey("error")) {
      return new HttpFault.OAuthError(
          number(what, "status", 400), text("error"), object("members"));
    }
    if (what.containsKey("edit")) {
      return edited(object("edit"));
    }
    if (what.containsKey("huge")) {
      return new HttpFault.Huge(number(what, "huge", 0));
    }
    if (what.containsKey("drip")) {
      return new HttpFault.Drip(number(what, "drip", 0));
    }
    return answer();
  }

  private HttpFault answer() {
    Map<String, String> headers = new HashMap<>();
    object("headers").forEach((name, value) -> headers.put(name, String.valueOf(value)));
    if (!what.containsKey("status")) {
      throw new IllegalArgumentException(
          "one of named, aadsts, error, edit, huge, drip, status is needed");
    }
    return new HttpFault.Answer(
        number(what, "status", 200), headers, String.valueOf(what.getOrDefault("body", "")));
  }

  /** A member set to null is left out. */
  private static HttpFault edited(Map<String, Object> members) {
    Map<String, Object> set = new HashMap<>();
    Set<String> without = new HashSet<>();
    members.forEach((name, value) -> {
      if (value == null) {
        without.add(name);
      } else {
        set.put(name, value);
      }
    });
    return new HttpFault.Edited(set, without);
  }

  private static HttpFault named(String name) {
    return switch (name) {
      case "unavailable" -> HttpFault.unavailable();
      case "server-error-page" -> HttpFault.serverErrorPage();
      case "captive-portal" -> HttpFault.captivePortal();
      case "empty-body" -> HttpFault.emptyBody();
      case "truncated-json" -> HttpFault.truncatedJson();
      case "invalid-json" -> HttpFault.invalidJson();
      case "cut-short" -> new HttpFault.CutShort();
      case "hang" -> new HttpFault.Hang();
      case "reset" -> new HttpFault.Reset();
      default -> throw new IllegalArgumentException("no fault named \"" + name + "\"");
    };
  }

  private String text(String name) {
    if (what.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("\"" + name + "\" must be a string");
  }

  private Map<String, Object> object(String name) {
    Map<String, Object> copy = new HashMap<>();
    if (what.get(name) instanceof Map<?, ?> map) {
      map.forEach((key, value) -> copy.put(String.valueOf(key), value));
    }
    return copy;
  }

  private static int number(Map<String, Object> from, String name, int otherwise) {
    Object value = from.getOrDefault(name, otherwise);
    if (value instanceof Integer number) {
      return number;
    }
    throw new IllegalArgumentException("\"" + name + "\" must be a number");
  }
}
