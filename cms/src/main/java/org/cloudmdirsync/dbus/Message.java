package org.cloudmdirsync.dbus;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A message (D-Bus specification, Message format), as far as a client reads them.
 *
 * @param type see the constants
 * @param fields of the header, by their codes
 */
record Message(byte type, Map<Byte, Object> fields, List<Object> body) {
  static final byte METHOD_RETURN = 2;
  static final byte ERROR = 3;

  /** Up to the length of the header's fields, that too. */
  static final int FIXED_BYTES = 16;

  /** Ours is a keyring's answer: a few hundred bytes. */
  private static final int LONGEST = 1 << 20;

  private static final byte METHOD_CALL = 1;
  private static final byte VERSION = 1;
  private static final byte PATH = 1;
  private static final byte INTERFACE = 2;
  private static final byte MEMBER = 3;
  private static final byte ERROR_NAME = 4;
  private static final byte REPLY_SERIAL = 5;
  private static final byte DESTINATION = 6;
  private static final byte SIGNATURE = 8;

  static byte[] encode(MethodCall call, int serial) {
    byte[] body = new Marshaller().putAll(call.signature(), call.arguments()).toBytes();
    List<Object> fields =
        List.of(
            field(PATH, "o", call.path()),
            field(INTERFACE, "s", call.type()),
            field(MEMBER, "s", call.member()),
            field(DESTINATION, "s", call.destination()),
            field(SIGNATURE, "g", call.signature()));
    List<Object> header =
        List.of((byte) 'l', METHOD_CALL, (byte) 0, VERSION, body.length, serial, fields);
    byte[] head = new Marshaller().putAll("yyyyuua(yv)", header).align(8).toBytes();
    return ByteBuffer.allocate(head.length + body.length).put(head).put(body).array();
  }

  private static List<Object> field(byte code, String type, String value) {
    return List.of(code, new Variant(type, value));
  }

  /** How long the message is that begins with these bytes. */
  static int length(byte[] fixed) throws IOException {
    ByteBuffer buffer = ordered(fixed);
    long fields = Integer.toUnsignedLong(buffer.getInt(12));
    long length = (FIXED_BYTES + fields + 7) / 8 * 8 + Integer.toUnsignedLong(buffer.getInt(4));
    if (length > LONGEST) {
      throw new IOException("a message of " + length + " bytes came over D-Bus");
    }
    return (int) length;
  }

  static Message decode(byte[] whole) throws IOException {
    try {
      Unmarshaller values = new Unmarshaller(ordered(whole));
      List<Object> header = values.values("yyyyuua(yv)");
      Map<Byte, Object> fields = new HashMap<>();
      for (Object field : (List<?>) header.getLast()) {
        List<?> pair = (List<?>) field;
        fields.put((Byte) pair.get(0), ((Variant) pair.get(1)).value());
      }
      String signature = (String) fields.getOrDefault(SIGNATURE, "");
      List<Object> body = values.align(8).values(signature);
      return new Message((Byte) header.get(1), Map.copyOf(fields), body);
    } catch (RuntimeException e) {
      throw new IOException("what came over D-Bus is no message", e);
    }
  }

  private static ByteBuffer ordered(byte[] bytes) {
    return ByteBuffer.wrap(bytes)
        .order(bytes[0] == 'l' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  boolean answers(int serial) {
    return (type == METHOD_RETURN || type == ERROR)
        && Integer.valueOf(serial).equals(fields.get(REPLY_SERIAL));
  }

  /** The values returned. */
  List<Object> values() throws ErrorReply {
    if (type == ERROR) {
      boolean worded = !body.isEmpty() && body.getFirst() instanceof String;
      throw new ErrorReply(
          String.valueOf(fields.get(ERROR_NAME)), worded ? (String) body.getFirst() : "");
    }
    return body;
  }
}
