package org.cloudmdirsync.dbus;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Values out of bytes, in the byte order of the buffer, whose position 0 is the message's
 * beginning.
 *
 * <p>Bytes that are no message end in one of the unchecked exceptions of {@link ByteBuffer}, {@link
 * List} and {@link String}, or in an {@link IllegalArgumentException}.
 */
final class Unmarshaller {
  /** Arrays, structs and variants in each other; the specification allows 64. */
  private static final int DEEPEST = 64;

  private final ByteBuffer buffer;
  private int depth;

  Unmarshaller(ByteBuffer buffer) {
    this.buffer = buffer;
  }

  List<Object> values(String signature) {
    List<Object> values = new ArrayList<>();
    for (String type : Signature.types(signature)) {
      values.add(value(type));
    }
    return values;
  }

  Unmarshaller align(int to) {
    buffer.position((buffer.position() + to - 1) / to * to);
    return this;
  }

  private Object value(String type) {
    if (++depth > DEEPEST) {
      throw new IllegalArgumentException("too deep");
    }
    align(Signature.alignment(type));
    Object value =
        switch (type.charAt(0)) {
          case 'y' -> buffer.get();
          case 'b' -> buffer.getInt() != 0;
          case 'n', 'q' -> buffer.getShort();
          case 'i', 'u' -> buffer.getInt();
          case 'x', 't' -> buffer.getLong();
          case 'd' -> buffer.getDouble();
          case 's', 'o' -> text(buffer.getInt());
          case 'g' -> text(buffer.get() & 0xff);
          case 'v' -> variant();
          case 'a' -> array(type.substring(1));
          case '(', '{' -> values(type.substring(1, type.length() - 1));
          default -> throw Signature.unknown(type);
        };
    depth--;
    return value;
  }

  private String text(int length) {
    String text = new String(bytes(length), StandardCharsets.UTF_8);
    buffer.get();
    return text;
  }

  private byte[] bytes(int length) {
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException("longer than its message: " + length);
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  private Variant variant() {
    String signature = text(buffer.get() & 0xff);
    return new Variant(signature, values(signature).getFirst());
  }

  private Object array(String type) {
    int length = buffer.getInt();
    align(Signature.alignment(type));
    if (type.equals("y")) {
      return bytes(length);
    }
    int end = Math.addExact(buffer.position(), length);
    if (length < 0 || end > buffer.limit()) {
      throw new IllegalArgumentException("longer than its message: " + length);
    }
    return type.startsWith("{") ? map(Signature.members(type), end) : list(type, end);
  }

  private List<Object> list(String type, int end) {
    List<Object> list = new ArrayList<>();
    while (buffer.position() < end) {
      list.add(value(type));
    }
    return list;
  }

  private Map<Object, Object> map(List<String> entry, int end) {
    Map<Object, Object> map = new LinkedHashMap<>();
    while (buffer.position() < end) {
      align(8);
      map.put(value(entry.get(0)), value(entry.get(1)));
    }
    return map;
  }
}
