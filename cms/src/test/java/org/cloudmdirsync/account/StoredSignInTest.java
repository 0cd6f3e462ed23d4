package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.cloudmdirsync.provider.Provider.Identity;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.secret.StoredSecret;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoredSignInTest {
  @TempDir private Path directory;
  private SecretStore store;
  private final Account account =
      World.account(URI.create("https://x.example/token"), TokenPer.ACCOUNT, Identity.UNKNOWN);

  @BeforeEach
  void open() throws IOException {
    store = SecretStore.open(directory);
  }

  @Test
  void seesWhetherOneIsThere() throws IOException {
    assertThat(StoredSignIn.of(account, store)).isEqualTo(new StoredSignIn.Absent());
    signIn();
    assertThat(StoredSignIn.of(account, store)).isEqualTo(new StoredSignIn.AtRest());
  }

  private void signIn() throws IOException {
    try (StoredSecret stored = store.take(account.credential(), Duration.ofSeconds(1))) {
      stored.replace(Secret.of("r1"), Instant.EPOCH);
    }
  }

  @Test
  void waitsForNobodyWhoIsAtWork() throws IOException {
    try (StoredSecret _ = store.take(account.credential(), Duration.ofSeconds(1))) {
      assertThat(StoredSignIn.of(account, store)).isEqualTo(new StoredSignIn.InUse());
    }
  }

  @Test
  void saysWhatCannotBeReadAndLeavesIt() throws IOException {
    signIn();
    Path file;
    try (var files = Files.list(directory)) {
      file = files.filter(it -> it.toString().endsWith(".credential")).findFirst().orElseThrow();
    }
    Files.writeString(file, "damaged");
    assertThat(StoredSignIn.of(account, store))
        .isInstanceOfSatisfying(
            StoredSignIn.Unreadable.class, it -> assertThat(it.reason()).contains("damaged"));
    assertThat(file).hasContent("damaged");
  }
}
