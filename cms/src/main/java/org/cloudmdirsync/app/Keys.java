package org.cloudmdirsync.app;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.secret.KeyStatus;
import org.cloudmdirsync.secret.KeyStatus.Remark;
import org.cloudmdirsync.secret.SecretStore;

/** Opens the store of the refresh tokens, and says where its key is. */
final class Keys {
  private static final System.Logger LOG = System.getLogger(Keys.class.getName());

  private Keys() {}

  /** May ask a person for a passphrase, so it comes before everything that others wait for. */
  static SecretStore open(Configuration configuration, Map<String, String> environment)
      throws IOException {
    SecretStore store =
        SecretStore.open(configuration.stateDir(), configuration.keyPlace(), environment);
    log(store.status());
    return store;
  }

  /** Says so when a key comes that was out of reach, and has the accounts use it. */
  static void watch(SecretStore store, Runnable whenFound) {
    store.awaitKey(status -> {
      log(status);
      if (status instanceof KeyStatus.Held) {
        whenFound.run();
      }
    });
  }

  private static void log(KeyStatus status) {
    switch (status) {
      case KeyStatus.Held(var place, Optional<Remark> remark) -> {
        boolean warning = remark.filter(Remark::warning).isPresent();
        String more = remark.map(said -> "; " + said.words()).orElse("");
        LOG.log(
            warning ? Level.WARNING : Level.INFO, "the key of the stored tokens: " + place + more);
      }
      case KeyStatus.Waiting(String reason) ->
          LOG.log(
              Level.WARNING,
              "waiting for the key of the stored tokens, no sign-in is lost: " + reason);
    }
  }
}
