package org.cloudmdirsync.dbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages as bytes; that a real bus agrees is shown by the tests of those who use it. */
final class MessageTest {
  private static final String EVERYTHING = "ybiuxsogvasa{sv}(oayays)aya(iy)";

  private static final List<Object> VALUES =
      List.of(
          (byte) 7,
          true,
          -2,
          3,
          "text, longer than eight",
          "/a/path",
          "a{sv}",
          new Variant("as", List.of("in a variant")),
          List.of("one", "", "three"),
          Map.of("key", new Variant("b", false)),
          List.of("/session", new byte[0], new byte[] {1, 2, 3}, "text/plain"),
          new byte[] {9},
          List.of(List.of(1, (byte) 2), List.of(3, (byte) 4)));

  @Test
  void whatGoesInComesOut() throws IOException {
    String signature = EVERYTHING.replace("x", "");
    Message message = Message.decode(encoded(signature, VALUES));
    assertThat(message.body()).usingRecursiveComparison().isEqualTo(VALUES);
    assertThat(message.answers(1)).as("a call is no answer").isFalse();
  }

  @Test
  void lengthsAreThoseOfTheHeader() throws IOException {
    byte[] whole = encoded("s", List.of("hello"));
    assertThat(Message.length(Arrays.copyOf(whole, Message.FIXED_BYTES))).isEqualTo(whole.length);
    byte[] huge = Arrays.copyOf(whole, Message.FIXED_BYTES);
    ByteBuffer.wrap(huge).order(ByteOrder.LITTLE_ENDIAN).putInt(4, -1);
    assertThatThrownBy(() -> Message.length(huge)).hasMessageContaining("bytes came over D-Bus");
  }

  @Test
  void aBigEndianErrorIsUnderstood() throws IOException {
    // Serial 2, REPLY_SERIAL 7, ERROR_NAME "a.B", SIGNATURE "s"; the body is "no".
    byte[] bytes =
        HexFormat.of()
            .parseHex(
                "4203000100000007000000020000001f0501750000000007"
                    + "0401730000000003612e4200000000000801670001730000"
                    + "000000026e6f00");
    Message message = Message.decode(bytes);
    assertThat(message.answers(7)).isTrue();
    assertThatThrownBy(message::values)
        .isInstanceOfSatisfying(
            ErrorReply.class, error -> assertThat(error.name()).isEqualTo("a.B"))
        .hasMessage("no");
  }

  @Test
  void anArrayEndsWithinItsMessage() {
    byte[] whole = encoded("ai", List.of(List.of(1, 2)));
    for (int length : new int[] {-4, Integer.MIN_VALUE, 12, Integer.MAX_VALUE}) {
      ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putInt(whole.length - 12, length);
      assertThatThrownBy(() -> Message.decode(whole)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void damageIsAnErrorAndNothingElse() {
    byte[] whole = encoded(EVERYTHING.replace("x", ""), VALUES);
    Random random = new Random(4);
    for (int round = 0; round < 20_000; round++) {
      byte[] damaged = Arrays.copyOf(whole, random.nextInt(Message.FIXED_BYTES, whole.length + 1));
      for (int i = random.nextInt(4); i > 0; i--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      decode(damaged);
    }
  }

  /** An answer or an {@link IOException}. */
  static void decode(byte[] bytes) {
    try {
      Message.length(bytes);
      assertThat(Message.decode(bytes).body()).isNotNull();
    } catch (IOException damaged) {
      assertThat(damaged).hasMessageContaining("D-Bus");
    }
  }

  private static byte[] encoded(String signature, List<Object> values) {
    return Message.encode(new MethodCall("a.B", "/c", "d.E", "F", signature, values), 1);
  }
}
