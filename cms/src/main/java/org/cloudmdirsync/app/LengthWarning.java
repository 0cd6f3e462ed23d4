package org.cloudmdirsync.app;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.log.LogQueue;
import org.cloudmdirsync.sasl.Xoauth2;

/** Warns, once per user, of a token that exim and msmtp cannot send: exim freezes such mail. */
final class LengthWarning {
  private final LogQueue log;
  private final Set<String> warned = ConcurrentHashMap.newKeySet();

  LengthWarning(LogQueue log) {
    this.log = log;
  }

  /** Looks at a credential on its way out. */
  Credential check(Credential credential) {
    boolean fits = Xoauth2.fits(credential.saslUser(), credential.accessToken());
    if (!fits && warned.add(credential.saslUser())) {
      log.log(
          Level.WARNING,
          () ->
              credential.saslUser()
                  + ": the token is longer than exim and msmtp can send; fewer protocols= or scopes="
                  + " for this account make it shorter");
    }
    return credential;
  }
}
