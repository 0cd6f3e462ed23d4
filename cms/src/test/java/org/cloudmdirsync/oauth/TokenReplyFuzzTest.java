package org.cloudmdirsync.oauth;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** {@link HostileInputTest}, led by coverage: whatever a token endpoint sends. */
class TokenReplyFuzzTest {
  @FuzzTest
  void aBodyMayHoldAnything(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    for (int status : new int[] {200, 400}) {
      HostileInputTest.checkReply(status, text);
    }
  }
}
