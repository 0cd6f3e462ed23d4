package org.cloudmdirsync.oauth;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** {@link HostileInputTest}, led by coverage: whatever comes to the redirect URI. */
class CallbackFuzzTest {
  @FuzzTest
  void aCallbackMayBeAnything(byte[] address) {
    HostileInputTest.checkCallback(new String(address, StandardCharsets.UTF_8));
  }
}
