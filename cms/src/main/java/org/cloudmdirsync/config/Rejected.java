package org.cloudmdirsync.config;

import java.util.Optional;

/**
 * A configuration that cannot be read or run; becomes a {@link ConfigError} at the room's door.
 *
 * <p>An operation on values does not know where it stands in the file: it throws without a position
 * and the evaluator adds that of the expression.
 */
final class Rejected extends RuntimeException {
  private final transient Optional<Position> position;

  Rejected(String message) {
    this(Optional.empty(), message);
  }

  Rejected(Position position, String message) {
    this(Optional.of(position), message);
  }

  private Rejected(Optional<Position> position, String message) {
    // No stack trace: it is never shown, and a deep evaluation would make it costly.
    super(message, null, false, false);
    this.position = position;
  }

  /** The same, at {@code fallback} unless its place is known already. */
  Rejected at(Position fallback) {
    return position.isPresent() ? this : new Rejected(fallback, message());
  }

  String message() {
    return String.valueOf(getMessage());
  }

  ConfigError error(Source source) {
    return position
        .map(place -> ConfigError.at(place, message()))
        .orElseGet(() -> ConfigError.of(source.name(), message()));
  }
}
