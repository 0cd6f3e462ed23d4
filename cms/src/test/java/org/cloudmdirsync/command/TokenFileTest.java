package org.cloudmdirsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.cloudmdirsync.command.TokenFile.Found;
import org.cloudmdirsync.command.TokenFile.Locked;
import org.cloudmdirsync.command.TokenFile.Unusable;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of other programs, seeded with tokens that no word of ours may repeat. */
final class TokenFileTest {
  private static final Path FILES = Path.of("src/test/resources/tokens");
  private static final String USER = "ann@example.com";
  private static final Secret TOKEN = Secret.of("0.AXoA-seeded_refresh.token~1//");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "bare.txt, -, -",
        "mutt_oauth2.json, ann@example.com, -",
        "sasl-xoauth2.json, -, their-client",
        "emailproxy.config, ann@example.com, their-client"
      })
  void findsTheToken(String file, String user, String client) throws IOException {
    assertThat(TokenFile.read(content(file), USER))
        .isEqualTo(new Found(TOKEN, Optional.ofNullable(user), Optional.ofNullable(client)));
  }

  @ParameterizedTest
  @CsvSource(
      value = {
        "emailproxy-other.config | it has no section [ann@example.com]",
        "emailproxy-new.config | has not signed in yet",
        "mutt_oauth2.gpg | gpg -d FILE",
        "mutt_oauth2.asc | gpg -d FILE",
        "mutt_oauth2-new.json | has not signed in yet",
        "cut.json | damaged",
        "empty.txt | it is empty",
        "letter.txt | neither a refresh token"
      },
      delimiter = '|')
  void saysWhatIsWrong(String file, String words) throws IOException {
    assertThat(TokenFile.read(content(file), USER))
        .isInstanceOfSatisfying(
            Unusable.class,
            unusable -> assertThat(unusable.reason()).contains(words).doesNotContain("seeded"));
  }

  /** The file was made by email-oauth2-proxy's way with Python's cryptography. */
  @Test
  void opensWhatIsLockedWithItsPasswordAlone() throws IOException {
    assertThat(TokenFile.read(content("emailproxy-encrypted.config"), USER))
        .isInstanceOfSatisfying(
            Locked.class,
            locked -> {
              assertThat(locked.unlocked(Secret.of("pässword")))
                  .isEqualTo(new Found(TOKEN, Optional.of(USER), Optional.of("their-client")));
              assertThat(locked.unlocked(Secret.of("password")))
                  .isEqualTo(new Unusable("this password does not open it"));
            });
  }

  @Test
  void noDamageIsMoreThanAnAnswerAndNoAnswerRepeatsTheFile() throws IOException {
    Random random = new Random(11);
    for (String file : new String[] {"mutt_oauth2.json", "emailproxy.config", "bare.txt"}) {
      for (int round = 0; round < 3_000; round++) {
        StringBuilder damaged = new StringBuilder(content(file));
        damaged.setLength(random.nextInt(damaged.length() + 1));
        for (int i = random.nextInt(4); i > 0 && !damaged.isEmpty(); i--) {
          damaged.setCharAt(random.nextInt(damaged.length()), (char) random.nextInt(256));
        }
        assertThat(TokenFile.read(damaged.toString(), USER).toString()).doesNotContain("seeded");
      }
    }
  }

  private static String content(String file) throws IOException {
    return Files.readString(FILES.resolve(file), StandardCharsets.ISO_8859_1);
  }
}
