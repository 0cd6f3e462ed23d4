package org.cloudmdirsync.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.StoredSignIn;
import org.cloudmdirsync.secret.DurableFile;
import org.cloudmdirsync.secret.SecretStore;

/** The stored sign-ins as somebody sees them who is not the daemon. */
final class StateDirectory {
  /** Belongs to whoever this process runs as. */
  private static final Path OURSELVES = Path.of("/proc/self");

  private StateDirectory() {}

  /**
   * Looks at an account's stored sign-in; empty when the directory is another user's. That is left
   * alone even by root, whose lock files would lock its owner out.
   *
   * @param environment where the key is looked for
   */
  static Function<Account, Optional<StoredSignIn>> look(
      Path stateDir, Map<String, String> environment) throws IOException {
    if (!Files.isDirectory(stateDir)) {
      return _ -> Optional.of(new StoredSignIn.NoDirectory(stateDir));
    }
    return otherOwner(stateDir).isEmpty()
        ? account -> Optional.of(stored(account, stateDir, environment))
        : _ -> Optional.empty();
  }

  /** To whom it belongs, if it is there and not ours. */
  static Optional<String> otherOwner(Path stateDir) throws IOException {
    return Files.isDirectory(stateDir) && !owner(stateDir).equals(owner(OURSELVES))
        ? Optional.of(Files.getOwner(stateDir).getName())
        : Optional.empty();
  }

  private static Object owner(Path path) throws IOException {
    return Files.getAttribute(path, "unix:uid");
  }

  private static StoredSignIn stored(
      Account account, Path stateDir, Map<String, String> environment) {
    try {
      // The key is used where it is: to move it where it should be is the daemon's.
      return StoredSignIn.of(account, SecretStore.open(stateDir, Optional.empty(), environment));
    } catch (IOException e) {
      return new StoredSignIn.Unreadable(DurableFile.reason(e));
    }
  }
}
