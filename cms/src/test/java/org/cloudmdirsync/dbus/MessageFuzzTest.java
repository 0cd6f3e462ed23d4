package org.cloudmdirsync.dbus;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Whatever comes over the bus is a message or an error. */
class MessageFuzzTest {
  @FuzzTest
  void aMessageMayBeAnything(byte[] sent) {
    MessageTest.decode(Arrays.copyOf(sent, Math.max(sent.length, Message.FIXED_BYTES)));
  }
}
