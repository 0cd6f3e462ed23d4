package org.cloudmdirsync.account;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.cloudmdirsync.secret.DurableFile;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.secret.StoredSecret;

/**
 * Whether there is a refresh token at rest. It is not used: that might rotate it, and whoever keeps
 * the account in another process would lose it.
 */
public sealed interface StoredSignIn {

  /** There is one, and it can be read. */
  record AtRest() implements StoredSignIn {}

  /** Nobody has signed in. */
  record Absent() implements StoredSignIn {}

  /** Nobody has signed in, or whoever did is kept somewhere else. */
  record NoDirectory(Path directory) implements StoredSignIn {}

  /** Another process holds it, and so is at work with it. */
  record InUse() implements StoredSignIn {}

  /** There is something that cannot be read. */
  record Unreadable(String reason) implements StoredSignIn {}

  /** Looks, for a second at most, and changes nothing. */
  static StoredSignIn of(Account account, SecretStore store) {
    try (StoredSecret stored = store.take(account.credential(), Duration.ofSeconds(1))) {
      return stored.current().isPresent() ? new AtRest() : new Absent();
    } catch (IOException e) {
      return DurableFile.reason(e).contains("is locked by another process")
          ? new InUse()
          : new Unreadable(DurableFile.reason(e));
    }
  }
}
