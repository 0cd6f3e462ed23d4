package org.cloudmdirsync.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library against the standard, and files that want to cost us more than we have. */
final class StretchingTest {
  /** Of 16 bytes, which is the least we take. */
  private static final String SALT = "AAAAAAAAAAAAAAAAAAAAAA==";

  @Test
  void isScrypt() {
    // What Python's hashlib makes of it; OpenSSL, in other words.
    String salt =
        Base64.getEncoder().encodeToString("SodiumChloride--".getBytes(StandardCharsets.US_ASCII));
    byte[] key = new Stretching(16384, 3, salt).stretch(Secret.of("pleaseletmein"));
    assertThat(HexFormat.of().formatHex(key))
        .isEqualTo("bb2709e40d188eb116a09eb429b4f9f377b2b84038b884cbfedddf8d9729513a");
  }

  @Test
  void readsWhatItWrites() {
    Stretching stretching = new Stretching(1024, 7, SALT);
    assertThat(Stretching.of(stretching.parameters())).isEqualTo(stretching);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "n=65536,r=8,p=1",
        "n=99999999,r=8,p=1",
        "n=1000,r=8,p=1",
        "n=1024,r=16,p=1",
        "n=1024,r=8,p=0",
        ""
      })
  void otherCostsAreNotOurs(String costs) {
    assertThatThrownBy(() -> Stretching.of(List.of("scrypt", costs, SALT)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
