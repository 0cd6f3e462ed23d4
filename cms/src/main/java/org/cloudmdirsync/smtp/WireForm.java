package org.cloudmdirsync.smtp;

import java.io.ByteArrayOutputStream;

/** A message as DATA wants it: CRLF line ends, dots doubled, the final dot (RFC 5321 4.5.2). */
final class WireForm {
  private WireForm() {}

  static byte[] of(byte[] message) {
    ByteArrayOutputStream wire =
        new ByteArrayOutputStream(message.length + message.length / 32 + 8);
    int last = '\n';
    for (byte b : message) {
      if (b == '\n' && last != '\r') {
        wire.write('\r');
      } else if (last == '\r' && b != '\n') {
        // RFC 5321 section 2.3.8: CR must not stand alone, and some servers end a line at it.
        wire.write('\n');
        last = '\n';
      }
      if (b == '.' && last == '\n') {
        wire.write('.');
      }
      wire.write(b);
      last = b;
    }
    if (last == '\r') {
      wire.write('\n');
    } else if (last != '\n') {
      wire.writeBytes(new byte[] {'\r', '\n'});
    }
    wire.writeBytes(new byte[] {'.', '\r', '\n'});
    return wire.toByteArray();
  }

  static boolean isEightBit(byte[] message) {
    for (byte b : message) {
      if (b < 0) {
        return true;
      }
    }
    return false;
  }
}
