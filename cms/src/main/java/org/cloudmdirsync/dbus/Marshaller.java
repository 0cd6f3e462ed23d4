package org.cloudmdirsync.dbus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Values as little-endian bytes (D-Bus specification, Marshaling). */
final class Marshaller {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** How many bytes of the message come before: alignment counts from its beginning. */
  private final int offset;

  Marshaller() {
    this(0);
  }

  private Marshaller(int offset) {
    this.offset = offset;
  }

  Marshaller putAll(String signature, List<?> values) {
    List<String> types = Signature.types(signature);
    if (types.size() != values.size()) {
      throw new IllegalArgumentException(values.size() + " values for " + signature);
    }
    for (int i = 0; i < types.size(); i++) {
      put(types.get(i), values.get(i));
    }
    return this;
  }

  Marshaller align(int to) {
    while ((offset + bytes.size()) % to != 0) {
      bytes.write(0);
    }
    return this;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private void put(String type, Object value) {
    align(Signature.alignment(type));
    switch (type.charAt(0)) {
      case 'y' -> bytes.write((Byte) value);
      case 'b' -> number((Boolean) value ? 1 : 0);
      case 'i', 'u' -> number((Integer) value);
      case 's', 'o' -> text((String) value);
      case 'g' -> signature((String) value);
      case 'v' -> variant((Variant) value);
      case 'a' -> array(type.substring(1), value);
      case '(', '{' -> putAll(type.substring(1, type.length() - 1), (List<?>) value);
      default -> throw Signature.unknown(type);
    }
  }

  private void number(int value) {
    bytes.writeBytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void text(String value) {
    byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
    number(encoded.length);
    bytes.writeBytes(encoded);
    bytes.write(0);
  }

  private void signature(String value) {
    bytes.write(value.length());
    bytes.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
    bytes.write(0);
  }

  private void variant(Variant variant) {
    signature(variant.signature());
    putAll(variant.signature(), List.of(variant.value()));
  }

  /** The length of an array does not count the gap before its first element. */
  private void array(String type, Object value) {
    Marshaller gap = new Marshaller(offset + bytes.size() + 4).align(Signature.alignment(type));
    Marshaller elements = new Marshaller(gap.offset + gap.bytes.size());
    switch (value) {
      case byte[] raw -> elements.bytes.writeBytes(raw);
      case Map<?, ?> map ->
          map.forEach((key, entry) -> elements.put(type, List.<Object>of(key, entry)));
      case List<?> list -> list.forEach(element -> elements.put(type, element));
      default -> throw new IllegalArgumentException("no array: " + value.getClass());
    }
    number(elements.bytes.size());
    bytes.writeBytes(gap.toBytes());
    bytes.writeBytes(elements.toBytes());
  }
}
