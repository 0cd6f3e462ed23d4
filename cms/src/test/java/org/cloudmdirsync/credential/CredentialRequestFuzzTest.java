package org.cloudmdirsync.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** Whatever a client sends is a request or none; what was understood says the same once more. */
class CredentialRequestFuzzTest {
  @FuzzTest
  void aRequestMayBeAnything(byte[] sent) {
    byte[] bytes = Arrays.copyOf(sent, Math.min(sent.length, Connection.LONGEST_REQUEST));
    for (boolean cut : new boolean[] {false, true}) {
      CredentialRequest.parse(bytes, cut)
          .ifPresent(request ->
              assertThat(CredentialRequest.parse(request.encode(), false))
                  .as(Arrays.toString(bytes))
                  .contains(request));
    }
  }
}
