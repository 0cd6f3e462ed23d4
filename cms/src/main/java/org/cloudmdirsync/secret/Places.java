package org.cloudmdirsync.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * Opens a key that is sealed with something that rests elsewhere, and seals it so. Loaded only
 * where the key is not simply in its file.
 *
 * @param file the file {@code key}, for the words about it
 */
record Places(Path file, Map<String, String> environment, PassphrasePrompt prompt) {
  private static final int TRIES = 3;

  /** A passphrase would be shorter, and can be guessed; 16 bytes at random cannot. */
  private static final int SHORTEST_CREDENTIAL = 16;

  private static final int ID_BYTES = 16;

  static boolean hasSecretService(Map<String, String> environment) {
    return SecretService.isReady(environment);
  }

  static boolean hasCredential(Map<String, String> environment, String name) {
    return credential(environment, name).filter(Files::exists).isPresent();
  }

  private static Optional<Path> credential(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get("CREDENTIALS_DIRECTORY"))
        .filter(directory -> !directory.isEmpty())
        .map(directory -> Path.of(directory, name));
  }

  /** The key itself. */
  byte[] open(LockedKey locked) throws IOException {
    return switch (locked.place()) {
      case KeyPlace.KeyFile _ -> throw new IllegalArgumentException("that one is not sealed");
      case KeyPlace.SecretService _ -> openWithItem(locked);
      case KeyPlace.SystemdCredential(String name) ->
          locked.open(stretched(name)).orElseThrow(() -> foreign("the systemd credential " + name));
      case KeyPlace.Passphrase _ -> openWithPassphrase(locked);
    };
  }

  /** What the file is to hold. */
  byte[] close(KeyPlace place, byte[] key) throws IOException {
    return switch (place) {
      case KeyPlace.KeyFile _ -> key;
      case KeyPlace.SecretService _ -> closeWithItem(place, key).encode();
      case KeyPlace.SystemdCredential(String name) ->
          LockedKey.of(place, List.of(), stretched(name), key).encode();
      case KeyPlace.Passphrase _ -> {
        Stretching stretching = Stretching.fresh(new SecureRandom());
        byte[] opener = stretching.stretch(newPassphrase());
        yield LockedKey.of(place, stretching.parameters(), opener, key).encode();
      }
    };
  }

  private byte[] openWithItem(LockedKey locked) throws IOException {
    if (locked.parameters().size() != 1) {
      throw damaged();
    }
    try (SecretService service = SecretService.connect(environment)) {
      String secret = service.find(locked.parameters().getFirst(), label());
      return locked
          .open(Base64.getDecoder().decode(secret))
          .orElseThrow(() -> foreign("\"" + label() + "\" in the Secret Service"));
    } catch (IllegalArgumentException edited) {
      throw foreign("\"" + label() + "\" in the Secret Service");
    }
  }

  private LockedKey closeWithItem(KeyPlace place, byte[] key) throws IOException {
    SecureRandom random = new SecureRandom();
    byte[] opener = new byte[Seal.KEY_BYTES];
    random.nextBytes(opener);
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String name = HexFormat.of().formatHex(id);
    try (SecretService service = SecretService.connect(environment)) {
      service.keep(name, label(), Base64.getEncoder().encodeToString(opener));
    }
    return LockedKey.of(place, List.of(name), opener, key);
  }

  private String label() {
    return "cloud-mdir-sync: key of " + file.resolveSibling("");
  }

  /** A credential may have any length: HKDF (RFC 5869) makes a key of it. */
  private byte[] stretched(String name) throws IOException {
    byte[] secret = read(name);
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(secret)
                  .thenExpand(
                      "cloud-mdir-sync key".getBytes(StandardCharsets.US_ASCII), Seal.KEY_BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HKDF", e);
    }
  }

  private byte[] read(String name) throws IOException {
    String credential = "the systemd credential " + name + ", for " + file + ", ";
    Path path =
        credential(environment, name)
            .orElseThrow(() ->
                new IOException(
                    credential
                        + "is not there: $CREDENTIALS_DIRECTORY is not set; start cloud-mdir-sync as"
                        + " a service with LoadCredentialEncrypted="
                        + name));
    byte[] secret;
    try {
      secret = Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      throw new IOException(
          credential + "is not there; add LoadCredentialEncrypted=" + name + " to the service", e);
    } catch (IOException e) {
      throw new IOException("cannot read " + path + ": " + DurableFile.reason(e), e);
    }
    if (secret.length < SHORTEST_CREDENTIAL) {
      throw new IOException(
          credential + "has " + secret.length + " bytes; make one of 32 random bytes");
    }
    return secret;
  }

  private byte[] openWithPassphrase(LockedKey locked) throws IOException {
    Stretching stretching;
    try {
      stretching = Stretching.of(locked.parameters());
    } catch (IllegalArgumentException e) {
      throw damaged();
    }
    String question = "Passphrase for the mail tokens in " + file.resolveSibling("");
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      String asked = attempt == 1 ? question : "Wrong. " + question;
      Optional<byte[]> key = locked.open(stretching.stretch(prompt.ask(asked)));
      if (key.isPresent()) {
        return key.get();
      }
    }
    throw new PassphraseRefused(
        "the passphrase was wrong %d times; it is the one given when %s was made"
            .formatted(TRIES, file));
  }

  private Secret newPassphrase() throws PassphraseRefused {
    String question = "New passphrase for the mail tokens in " + file.resolveSibling("");
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Secret first = prompt.ask(attempt == 1 ? question : "They differ. " + question);
      if (prompt.ask("The same again").equals(first)) {
        return first;
      }
    }
    throw new PassphraseRefused("the two passphrases differed " + TRIES + " times");
  }

  private UnreadableSecret damaged() {
    return new UnreadableSecret(
        file + " is damaged; it is kept as it is: restore it from a backup");
  }

  private UnreadableSecret foreign(String opener) {
    return new UnreadableSecret(
        "%s does not open %s: it belongs to another store, or was changed; restore it from a backup"
            .formatted(opener, file));
  }
}
