package org.cloudmdirsync.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rests on the disk, and what is said when something is wrong with it. */
final class SecretStoreTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final Duration AT_ONCE = Duration.ofMillis(50);
  private static final String NAME = "google~user@example.com";

  @TempDir Path temporary;
  private Path state;

  @BeforeEach
  void nameTheStateDirectory() {
    state = temporary.resolve("state/cms");
  }

  @Test
  void keepsASecretAcrossRestarts() throws IOException {
    replace("first");
    replace("second");

    try (StoredSecret stored = take()) {
      assertThat(stored.current()).contains(Secret.of("second"));
      assertThat(stored.previous()).contains(Secret.of("first"));
    }
  }

  @Test
  void adviceIsGivenOnce() {
    IOException full = new IOException("No space left on device");
    String worded = "cannot write x: " + DurableFile.reason(full);

    assertThat(worded).isEqualTo("cannot write x: No space left on device; free some space");
    assertThat(DurableFile.reason(new IOException(worded, full))).isEqualTo(worded);
  }

  @Test
  void storingTheSameSecretAgainKeepsTheOneBefore() throws IOException {
    replace("first");
    replace("second");
    replace("second");

    try (StoredSecret stored = take()) {
      assertThat(stored.previous()).contains(Secret.of("first"));
    }
  }

  @Test
  void itsValidityRestsBesideIt() throws IOException {
    Validity day = new Validity(NOW, NOW.plusSeconds(86_400));
    try (StoredSecret stored = take()) {
      stored.replace(Secret.of("first"), Optional.of(day), NOW);
      assertThat(stored.validity()).contains(day);
      stored.replace(Secret.of("first"), NOW);
      assertThat(stored.validity()).isEmpty();
    }
  }

  /** Files from before there was such a thing end earlier. */
  @Test
  void anOlderFileIsRead() {
    byte[] older = {0, 0, 0, 1, 'a', 0, 0, 0, 1, 'b'};

    assertThat(Contents.decode(older))
        .contains(
            new Contents(
                Optional.of(Secret.of("a")), Optional.of(Secret.of("b")), Optional.empty()));
  }

  @Test
  void whatIsRemovedIsInNoFile() throws IOException {
    replace("first");
    replace("second");
    try (StoredSecret stored = take()) {
      stored.remove();
      assertThat(stored.current()).isEmpty();
      assertThat(stored.previous()).isEmpty();
    }
  }

  @Test
  void nothingReadableByOthersAndNothingInTheClear() throws IOException {
    replace("very-secret-text");

    assertThat(permissions(state)).isEqualTo("rwx------");
    for (Path file : files()) {
      assertThat(permissions(file)).as(file.toString()).isEqualTo("rw-------");
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .doesNotContain("very-secret-text");
    }
  }

  @Test
  void aDeadSecretIsPutAwayAndCanBeMovedBack() throws IOException {
    replace("first");
    replace("dead");
    try (StoredSecret stored = take()) {
      stored.quarantine(NOW);
      assertThat(stored.current()).isEmpty();
    }
    Files.move(
        onlyFile(state.resolve("quarantine")),
        credentialFile(),
        StandardCopyOption.REPLACE_EXISTING);
    try (StoredSecret stored = take()) {
      assertThat(stored.current()).contains(Secret.of("dead"));
      assertThat(stored.previous()).contains(Secret.of("first"));
    }
  }

  @Test
  void aMissingKeyBesideCredentialsIsAnErrorAndNotANewKey() throws IOException {
    replace("first");
    Files.delete(state.resolve("key"));

    assertThatThrownBy(() -> SecretStore.open(state))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(state.resolve("key") + " is missing");
    assertThat(state.resolve("key")).doesNotExist();
  }

  @Test
  void aForeignKeyIsNamed() throws IOException {
    Files.createDirectories(
        state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(state.resolve("key"), "not a key");

    assertThatThrownBy(() -> SecretStore.open(state))
        .isInstanceOf(UnreadableSecret.class)
        .hasMessageContaining(state.resolve("key").toString());
  }

  @Test
  void aTruncatedFileIsNamedAndKeptEvenByTheNextSignIn() throws IOException {
    replace("first");
    Path file = credentialFile();
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertUnreadable(file);
    }
    replace("after signing in again");

    try (StoredSecret stored = take()) {
      assertThat(stored.current()).contains(Secret.of("after signing in again"));
    }
    assertThat(Files.readAllBytes(onlyFile(state.resolve("quarantine"))))
        .isEqualTo(Arrays.copyOf(whole, whole.length - 1));
  }

  @Test
  void everyFlippedBitIsNoticed() throws IOException {
    replace("first");
    Path file = credentialFile();
    byte[] whole = Files.readAllBytes(file);
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      Files.write(file, flipped);
      assertUnreadable(file);
    }
  }

  @Test
  void anothersFileIsNotMistakenForOnes() throws IOException {
    replace("mine");
    Path other = state.resolve("other@example.com.credential");
    Files.copy(credentialFile(), other);

    try (StoredSecret stored = SecretStore.open(state).take("other@example.com", AT_ONCE)) {
      assertThatThrownBy(stored::current)
          .isInstanceOf(UnreadableSecret.class)
          .hasMessageContaining(other.toString());
    }
  }

  @Test
  void oneAtATime() throws IOException {
    SecretStore store = SecretStore.open(state);
    try (StoredSecret held = store.take(NAME, AT_ONCE)) {
      assertThat(held.current()).isEmpty();
      assertThatThrownBy(() -> store.take(NAME, AT_ONCE)).hasMessageContaining("locked");
      store.take("other", AT_ONCE).close();
    }
    store.take(NAME, AT_ONCE).close();
  }

  @Test
  void aFailedWriteLeavesTheFormerSecret() throws IOException {
    replace("first");
    // A directory in the temporary file's place: the write cannot even begin.
    Path inTheWay = DurableFile.temporary(credentialFile());
    Files.createDirectories(inTheWay.resolve("full"));

    try (StoredSecret stored = take()) {
      assertThatThrownBy(() -> stored.replace(Secret.of("second"), NOW))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("cannot write " + credentialFile());
      assertThat(stored.current()).contains(Secret.of("first"));
    }
  }

  @Test
  void aDirectoryOthersMayWriteIsRefused() throws IOException {
    SecretStore.open(state);
    Files.setPosixFilePermissions(state, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> SecretStore.open(state)).hasMessageContaining("chmod 700");
  }

  @Test
  void aFileInTheDirectorysPlaceIsNamed() throws IOException {
    Files.writeString(temporary.resolve("state"), "");

    assertThatThrownBy(() -> SecretStore.open(state))
        .hasMessageStartingWith("cannot use the state directory " + state);
  }

  @Test
  void namesBecomeFileNamesThatStayInTheDirectory() {
    assertThat(SecretStore.fileName("user+tag@example.com")).isEqualTo("user+tag@example.com");
    assertThat(SecretStore.fileName("../../etc/passwd")).isEqualTo("%2e.%2f..%2fetc%2fpasswd");
    assertThat(SecretStore.fileName("jörg@example.com")).isEqualTo("j%c3%b6rg@example.com");
    assertThat(SecretStore.fileName("x".repeat(400)))
        .hasSizeLessThan(220)
        .isNotEqualTo(SecretStore.fileName("x".repeat(401)));
  }

  private void assertUnreadable(Path file) throws IOException {
    try (StoredSecret stored = take()) {
      assertThatThrownBy(stored::current)
          .isInstanceOf(UnreadableSecret.class)
          .hasMessageContaining(file.toString());
    }
  }

  private void replace(String secret) throws IOException {
    try (StoredSecret stored = take()) {
      stored.replace(Secret.of(secret), NOW);
    }
  }

  private StoredSecret take() throws IOException {
    return SecretStore.open(state).take(NAME, AT_ONCE);
  }

  private Path credentialFile() {
    return state.resolve(NAME + ".credential");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(state)) {
      return all.toList();
    }
  }

  private static Path onlyFile(Path directory) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return Optional.of(all.toList()).filter(list -> list.size() == 1).orElseThrow().getFirst();
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
