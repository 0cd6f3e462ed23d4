package org.cloudmdirsync.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** {@link HostileTest}, led by coverage. */
final class ConfigFuzzTest {
  @FuzzTest
  void aFileMayHoldAnything(byte[] file) {
    HostileTest.load(new String(file, StandardCharsets.UTF_8));
  }
}
