package org.cloudmdirsync.control;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.json.JsonText;

/**
 * One line on the control socket: a JSON object. A member that is missing or of another type than
 * asked for is absent.
 *
 * @param members in the order in which they are written: strings, whole numbers, messages, and
 *     lists of these
 */
public record Message(Map<String, Object> members) {
  /** Nothing in it yet. */
  public static final Message EMPTY = new Message(Map.of());

  public Message {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** Begins a message with one member. */
  public static Message of(String name, Object value) {
    return EMPTY.with(name, value);
  }

  /** A failure of this kind, and what to do about it. */
  public static Message error(String kind, String reason) {
    return of("error", kind).with("reason", reason);
  }

  /** Reads a line; empty for anything but an object, nested beyond reason or cut short. */
  static Optional<Message> parse(String line) {
    return JsonText.read(line).map(Message::new);
  }

  /** The same with one member more. */
  public Message with(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new Message(more);
  }

  /** The same with one member more, if there is a value. */
  public Message with(String name, Optional<?> value) {
    return value.isPresent() ? with(name, value.get()) : this;
  }

  /** A member that is a string. */
  public Optional<String> text(String name) {
    return member(name, String.class);
  }

  /** A member that is a whole number. */
  public Optional<Long> number(String name) {
    return member(name, Number.class).map(Number::longValue);
  }

  /** A member that is an object. */
  public Optional<Message> message(String name) {
    return Optional.ofNullable(members.get(name)).flatMap(Message::message);
  }

  /** The strings in a member that is a list. */
  public List<String> texts(String name) {
    return items(name).stream().filter(String.class::isInstance).map(String.class::cast).toList();
  }

  /** The objects in a member that is a list. */
  public List<Message> messages(String name) {
    return items(name).stream().flatMap(item -> message(item).stream()).toList();
  }

  /** As it is written, without the newline. */
  public String encode() {
    return JsonText.line(plain(members));
  }

  /** Whether this is how a daemon begins every reply. */
  boolean isGreeting() {
    return members.containsKey("daemon");
  }

  private <T> Optional<T> member(String name, Class<T> type) {
    return Optional.ofNullable(members.get(name)).filter(type::isInstance).map(type::cast);
  }

  private Collection<?> items(String name) {
    return members.get(name) instanceof Collection<?> items ? items : List.of();
  }

  private static Optional<Message> message(Object value) {
    if (value instanceof Message message) {
      return Optional.of(message);
    }
    if (!(value instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    Map<String, Object> members = new LinkedHashMap<>();
    map.forEach((name, member) -> members.put(String.valueOf(name), member));
    return Optional.of(new Message(members));
  }

  private static Map<String, Object> plain(Map<String, Object> members) {
    Map<String, Object> plain = new LinkedHashMap<>();
    members.forEach((name, member) -> plain.put(name, plain(member)));
    return plain;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case Message(Map<String, Object> members) -> plain(members);
      case Collection<?> items -> items.stream().map(Message::plain).toList();
      case Object other -> other;
    };
  }
}
