package org.cloudmdirsync.secret;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What a credential's file holds before it is sealed: two texts, each with its length before it.
 */
record Contents(Optional<Secret> current, Optional<Secret> previous) {
  static final Contents NONE = new Contents(Optional.empty(), Optional.empty());

  byte[] encode() {
    byte[] first = bytes(current);
    byte[] second = bytes(previous);
    return ByteBuffer.allocate(2 * Integer.BYTES + first.length + second.length)
        .putInt(first.length)
        .put(first)
        .putInt(second.length)
        .put(second)
        .array();
  }

  static Optional<Contents> decode(byte[] encoded) {
    ByteBuffer buffer = ByteBuffer.wrap(encoded);
    try {
      return Optional.of(new Contents(text(buffer), text(buffer)));
    } catch (BufferUnderflowException | NegativeArraySizeException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(Optional<Secret> secret) {
    return secret.map(Secret::expose).orElse("").getBytes(StandardCharsets.UTF_8);
  }

  private static Optional<Secret> text(ByteBuffer buffer) {
    byte[] bytes = new byte[Math.min(buffer.getInt(), buffer.remaining() + 1)];
    buffer.get(bytes);
    return bytes.length == 0
        ? Optional.empty()
        : Optional.of(Secret.of(new String(bytes, StandardCharsets.UTF_8)));
  }
}
