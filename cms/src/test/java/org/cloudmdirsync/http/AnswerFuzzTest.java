package org.cloudmdirsync.http;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** {@link AnswerReaderTest}, led by coverage: whatever a server sends. */
class AnswerFuzzTest {
  @FuzzTest
  void anAnswerMayBeAnything(byte[] answer) {
    AnswerReaderTest.check(answer);
  }
}
