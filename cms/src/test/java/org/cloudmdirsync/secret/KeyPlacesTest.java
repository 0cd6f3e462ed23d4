package org.cloudmdirsync.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.cloudmdirsync.secret.KeyPlace.KeyFile;
import org.cloudmdirsync.secret.KeyPlace.Passphrase;
import org.cloudmdirsync.secret.KeyPlace.SystemdCredential;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The key in each of its places, on good days and on bad ones. */
@Timeout(120)
final class KeyPlacesTest {
  private static final Instant NOW = Instant.parse("2026-05-04T10:00:00Z");
  private static final Duration AT_ONCE = Duration.ofMillis(50);
  private static final String NAME = "google~user@example.com";
  private static final Secret TOKEN = Secret.of("1//refresh-token-seeded-here");
  private static final String PASSPHRASE = "correct horse seeded staple";
  private static final KeyPlace SERVICE = new KeyPlace.SecretService();
  private static final KeyPlace CREDENTIAL = new SystemdCredential("cloud-mdir-sync");
  private static final List<KeyPlace> PLACES =
      List.of(new KeyFile(), SERVICE, CREDENTIAL, new Passphrase());

  @TempDir Path temporary;
  private Path state;
  private Session session;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void furnish() throws IOException {
    state = temporary.resolve("state");
    session = new Session(temporary.resolve("session"));
    environment.putAll(session.environment());
    environment.put("CMS_ASKPASS", askpass(PASSPHRASE));
    Path credentials = Files.createDirectory(temporary.resolve("credentials"));
    Files.writeString(credentials.resolve("cloud-mdir-sync"), "0123456789abcdef0123456789abcdef");
    environment.put("CREDENTIALS_DIRECTORY", credentials.toString());
  }

  @AfterEach
  void endTheSession() throws Exception {
    session.stop();
  }

  @Test
  void movesFromEachPlaceToEachOtherWithoutASignIn() throws Exception {
    session.withBus().withKeyring();
    open(new KeyFile()).close();
    store(TOKEN);
    byte[] bare = Files.readAllBytes(key());
    for (KeyPlace from : PLACES) {
      for (KeyPlace to : PLACES) {
        assertThat(open(from).status()).as("to %s", from).isInstanceOf(KeyStatus.Held.class);
        KeyStatus status = open(to).status();
        assertThat(status)
            .isInstanceOfSatisfying(
                KeyStatus.Held.class,
                held -> {
                  assertThat(held.place()).isEqualTo(to);
                  assertThat(held.remark().isPresent()).as("says so").isNotEqualTo(from.equals(to));
                });
        assertThat(stored()).as("%s to %s", from, to).contains(TOKEN);
        assertThat(Arrays.equals(Files.readAllBytes(key()), bare))
            .as("the key lies bare in %s", to)
            .isEqualTo(to instanceof KeyFile);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
            .isEqualTo("rw-------");
      }
    }
  }

  @Test
  void staysWhereItIsWhenNobodySaysOtherwise() throws Exception {
    session.withBus().withKeyring();
    for (KeyPlace place : PLACES) {
      open(place).close();
      assertThat(SecretStore.open(state, Optional.empty(), environment).status())
          .isEqualTo(new KeyStatus.Held(place, Optional.empty()));
    }
  }

  @Test
  void choosesTheBestThatWorksByItself() throws Exception {
    assertThat(chosen()).isEqualTo(CREDENTIAL);
    environment.remove("CREDENTIALS_DIRECTORY");
    assertThat(chosen()).as("no bus").isEqualTo(new KeyFile());
    session.withBus();
    assertThat(chosen()).as("no service").isEqualTo(new KeyFile());
    session.withKeyring();
    assertThat(chosen()).isEqualTo(SERVICE);
    session.lock();
    assertThat(chosen()).as("locked").isEqualTo(new KeyFile());
  }

  @Test
  void waitsForALockedKeyring() throws Exception {
    inTheKeyring();
    session.stop();
    session.withBus().withLockedKeyring();
    try (SecretStore store = open(SERVICE)) {
      assertThat(reason(store)).contains("is locked; unlock your keyring");
      assertThatThrownBy(() -> store.take(NAME, AT_ONCE))
          .isInstanceOf(KeyUnavailable.class)
          .hasMessageContaining("unlock your keyring");
      BlockingQueue<KeyStatus> news = new LinkedBlockingQueue<>();
      store.awaitKey(news::add);
      session.unlock();
      assertThat(news.poll(20, TimeUnit.SECONDS)).isInstanceOf(KeyStatus.Held.class);
      assertThat(current(store)).contains(TOKEN);
    }
  }

  @Test
  void waitsForABusThatComesLateAndOutlivesIt() throws Exception {
    inTheKeyring();
    session.stop();
    try (SecretStore store = open(SERVICE)) {
      assertThat(reason(store)).contains("the D-Bus session bus at " + session.socket());
      BlockingQueue<KeyStatus> news = new LinkedBlockingQueue<>();
      store.awaitKey(news::add);
      session.withBus();
      assertThat(news.poll(20, TimeUnit.SECONDS))
          .isInstanceOfSatisfying(
              KeyStatus.Waiting.class,
              waiting ->
                  assertThat(waiting.reason()).contains("no Secret Service runs in this session"));
      session.withKeyring();
      assertThat(news.poll(20, TimeUnit.SECONDS)).isInstanceOf(KeyStatus.Held.class);
      session.lock();
      assertThat(current(store)).as("locked later").contains(TOKEN);
      session.stop();
      assertThat(current(store)).as("gone").contains(TOKEN);
    }
  }

  @Test
  void saysWhatToDoWithoutAnyBus() throws Exception {
    environment.remove("DBUS_SESSION_BUS_ADDRESS");
    environment.remove("XDG_RUNTIME_DIR");
    assertThat(reason(open(SERVICE))).contains("there is no D-Bus session bus");
    assertThat(key()).doesNotExist();
  }

  @Test
  void anItemThatSomebodyDeletedIsNamedAndNotMadeAnew() throws Exception {
    inTheKeyring();
    byte[] before = Files.readAllBytes(key());
    session.deleteItems();
    String reason = reason(open(SERVICE));
    assertThat(reason)
        .contains("\"cloud-mdir-sync: key of " + state + "\"")
        .contains("is not in the Secret Service any more: restore");
    assertThat(session.items()).isEmpty();
    assertThat(Files.readAllBytes(key())).isEqualTo(before);
  }

  @Test
  void aPlaceThatIsNotThereYetLeavesTheKeyWhereItIs() throws Exception {
    open(new KeyFile()).close();
    store(TOKEN);
    try (SecretStore store = open(SERVICE)) {
      assertThat(store.status())
          .isInstanceOfSatisfying(
              KeyStatus.Held.class,
              held -> {
                assertThat(held.place()).isEqualTo(new KeyFile());
                assertThat(held.remark().orElseThrow().warning()).isTrue();
                assertThat(held.remark().orElseThrow().words())
                    .startsWith("it cannot be moved to the Secret Service yet: ");
              });
      assertThat(current(store)).contains(TOKEN);
    }
  }

  @Test
  void aWrongPassphraseIsAskedForThreeTimes() throws Exception {
    open(new Passphrase()).close();
    environment.put("CMS_ASKPASS", askpass("wrong and seeded"));
    Path asked = temporary.resolve("asked");
    Files.delete(asked);
    assertThatThrownBy(() -> open(new Passphrase()))
        .isInstanceOf(PassphraseRefused.class)
        .hasMessageContaining("wrong 3 times")
        .hasMessageContaining(key().toString())
        .hasMessageNotContaining("seeded");
    assertThat(asked)
        .content()
        .isEqualTo(
            """
            Passphrase for the mail tokens in STATE
            Wrong. Passphrase for the mail tokens in STATE
            Wrong. Passphrase for the mail tokens in STATE
            """
                .replace("STATE", state.toString()));
  }

  @Test
  void nobodyToAskIsAnErrorThatSaysWhatToDo() throws Exception {
    open(new Passphrase()).close();
    environment.remove("CMS_ASKPASS");
    assertThatThrownBy(() -> open(new Passphrase()))
        .isInstanceOf(PassphraseRefused.class)
        .hasMessageContaining("CMS_ASKPASS");
    environment.put("SSH_ASKPASS", askpass(PASSPHRASE));
    assertThat(open(new Passphrase()).status()).isInstanceOf(KeyStatus.Held.class);
    environment.put("SSH_ASKPASS", "/bin/false");
    assertThatThrownBy(() -> open(new Passphrase()))
        .isInstanceOf(PassphraseRefused.class)
        .hasMessageContaining("/bin/false");
  }

  @Test
  void aMissingShortOrForeignCredentialIsNamed() throws Exception {
    open(CREDENTIAL).close();
    Path credential = temporary.resolve("credentials/cloud-mdir-sync");
    Files.writeString(credential, "another credential, not this store's");
    assertThatThrownBy(() -> open(CREDENTIAL))
        .isInstanceOf(UnreadableSecret.class)
        .hasMessageContaining("the systemd credential cloud-mdir-sync does not open " + key());
    Files.writeString(credential, "short");
    assertThatThrownBy(() -> open(CREDENTIAL)).hasMessageContaining("has 5 bytes");
    Files.delete(credential);
    assertThatThrownBy(() -> open(CREDENTIAL))
        .hasMessageContaining("add LoadCredentialEncrypted=cloud-mdir-sync");
    environment.remove("CREDENTIALS_DIRECTORY");
    assertThatThrownBy(() -> open(CREDENTIAL)).hasMessageContaining("$CREDENTIALS_DIRECTORY");
  }

  @Test
  void aDamagedKeyIsNamedAndKept() throws Exception {
    open(CREDENTIAL).close();
    byte[] whole = Files.readAllBytes(key());
    for (int length = 0; length < whole.length; length++) {
      assertDamaged(Arrays.copyOf(whole, length));
    }
    for (int bit = 0; bit < whole.length * 8; bit++) {
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertDamaged(flipped);
    }
  }

  private void assertDamaged(byte[] content) throws IOException {
    Files.write(key(), content);
    assertThatThrownBy(() -> open(CREDENTIAL))
        .as(new String(content, StandardCharsets.US_ASCII))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(key().toString());
    assertThat(Files.readAllBytes(key())).isEqualTo(content);
  }

  @Test
  void aLaterVersionIsNotGuessedAt() throws Exception {
    open(CREDENTIAL).close();
    String now = Files.readString(key());
    Files.writeString(key(), now.replace("cms-key 1", "cms-key 2"));
    assertThatThrownBy(() -> open(CREDENTIAL))
        .hasMessageContaining("is of version 2, which this program does not know; update it");
  }

  @Test
  void todaysFilesAreReadForEver() throws Exception {
    Files.createDirectory(
        state, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    for (String kind : List.of("key-file", "systemd-credential", "passphrase")) {
      for (String file : List.of("key", NAME + ".credential")) {
        try (var old = KeyPlacesTest.class.getResourceAsStream("version1/" + kind + "/" + file)) {
          assertThat(old).as(kind + "/" + file).isNotNull();
          Files.write(state.resolve(file), old.readAllBytes());
        }
      }
      assertThat(stored()).as(kind).contains(TOKEN);
    }
  }

  private void inTheKeyring() throws Exception {
    session.withBus().withKeyring();
    open(SERVICE).close();
    store(TOKEN);
  }

  private KeyPlace chosen() throws IOException {
    Path fresh = Files.createTempDirectory(temporary, "fresh").resolve("state");
    KeyStatus status = SecretStore.open(fresh, Optional.empty(), environment).status();
    assertThat(status)
        .isInstanceOfSatisfying(
            KeyStatus.Held.class,
            held -> assertThat(held.remark().orElseThrow().words()).startsWith("chosen here"));
    return ((KeyStatus.Held) status).place();
  }

  private static String reason(SecretStore store) {
    assertThat(store.status()).isInstanceOf(KeyStatus.Waiting.class);
    return ((KeyStatus.Waiting) store.status()).reason();
  }

  private SecretStore open(KeyPlace place) throws IOException {
    return SecretStore.open(state, Optional.of(place), environment);
  }

  private void store(Secret secret) throws IOException {
    try (SecretStore store = SecretStore.open(state, Optional.empty(), environment);
        StoredSecret stored = store.take(NAME, AT_ONCE)) {
      stored.replace(secret, NOW);
    }
  }

  private Optional<Secret> stored() throws IOException {
    try (SecretStore store = SecretStore.open(state, Optional.empty(), environment)) {
      return current(store);
    }
  }

  private static Optional<Secret> current(SecretStore store) throws IOException {
    try (StoredSecret stored = store.take(NAME, AT_ONCE)) {
      return stored.current();
    }
  }

  private Path key() {
    return state.resolve("key");
  }

  /** A program that notes the question and gives this answer. */
  private String askpass(String answer) throws IOException {
    Path program = Files.createTempFile(temporary, "askpass", ".sh");
    Files.writeString(
        program,
        """
        #!/bin/sh
        printf '%%s\\n' "$1" >>'%s'
        echo '%s'
        """
            .formatted(temporary.resolve("asked"), answer));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    return program.toString();
  }
}
