package org.cloudmdirsync.secret;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a credential's file holds before it is sealed: two texts, each with its length before it;
 * then, if that is known, between which moments the first is good, in seconds. Older files end
 * before, and older programs do not look.
 */
record Contents(Optional<Secret> current, Optional<Secret> previous, Optional<Validity> validity) {
  static final Contents NONE = new Contents(Optional.empty(), Optional.empty(), Optional.empty());

  byte[] encode() {
    byte[] first = bytes(current);
    byte[] second = bytes(previous);
    ByteBuffer buffer =
        ByteBuffer.allocate(
            2 * Integer.BYTES
                + first.length
                + second.length
                + (validity.isPresent() ? 2 * Long.BYTES : 0));
    buffer.putInt(first.length).put(first).putInt(second.length).put(second);
    validity.ifPresent(known ->
        buffer.putLong(known.from().getEpochSecond()).putLong(known.until().getEpochSecond()));
    return buffer.array();
  }

  static Optional<Contents> decode(byte[] encoded) {
    ByteBuffer buffer = ByteBuffer.wrap(encoded);
    try {
      return Optional.of(new Contents(text(buffer), text(buffer), validity(buffer)));
    } catch (BufferUnderflowException | NegativeArraySizeException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(Optional<Secret> secret) {
    return secret.map(Secret::expose).orElse("").getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<Validity> validity(ByteBuffer buffer) {
    return buffer.hasRemaining()
        ? Optional.of(
            new Validity(
                Instant.ofEpochSecond(buffer.getLong()), Instant.ofEpochSecond(buffer.getLong())))
        : Optional.empty();
  }

  private static Optional<Secret> text(ByteBuffer buffer) {
    byte[] bytes = new byte[Math.min(buffer.getInt(), buffer.remaining() + 1)];
    buffer.get(bytes);
    return bytes.length == 0
        ? Optional.empty()
        : Optional.of(Secret.of(new String(bytes, StandardCharsets.UTF_8)));
  }
}
