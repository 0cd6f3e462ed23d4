package org.cloudmdirsync.http;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cloudmdirsync.json.JsonText;

/**
 * A JSON object from somebody else's server: every member may be missing or of the wrong type, and
 * then is absent. It may hold a token, so it does not print itself.
 */
public final class Json {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");

  private final Map<String, Object> members;

  private Json(Map<String, Object> members) {
    this.members = members;
  }

  /** Reads an object; empty for anything else, truncated or nested beyond reason. */
  public static Optional<Json> object(String text) {
    return JsonText.read(text).map(Json::new);
  }

  /** A member that is a string, and not the empty one: that says nothing. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(members.get(name))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .filter(text -> !text.isEmpty());
  }

  /** A member that is a number, or a string that holds one; never infinite. */
  public Optional<Double> number(String name) {
    return switch (members.get(name)) {
      case Number number -> finite(number.doubleValue());
      case String text -> parsed(text.strip());
      case null, default -> Optional.empty();
    };
  }

  /** A member that is an array; its strings and numbers as text, everything else left out. */
  public List<String> texts(String name) {
    return members.get(name) instanceof Collection<?> list
        ? list.stream()
            .filter(item -> item instanceof String || item instanceof Number)
            .map(String::valueOf)
            .toList()
        : List.of();
  }

  /** A member that is {@code true} or {@code false}, bare or as a string. */
  public Optional<Boolean> flag(String name) {
    return switch (members.get(name)) {
      case Boolean flag -> Optional.of(flag);
      case String text when text.equals("true") || text.equals("false") ->
          Optional.of(text.equals("true"));
      case null, default -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return "<JSON object of " + members.size() + " members>";
  }

  private static Optional<Double> parsed(String text) {
    return NUMBER.matcher(text).matches() ? finite(Double.parseDouble(text)) : Optional.empty();
  }

  private static Optional<Double> finite(double number) {
    return Double.isFinite(number) ? Optional.of(number) : Optional.empty();
  }
}
