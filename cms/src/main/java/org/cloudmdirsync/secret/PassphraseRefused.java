package org.cloudmdirsync.secret;

import java.io.IOException;

/** The passphrase is wrong, or nobody is there to be asked for it. */
public final class PassphraseRefused extends IOException {
  private static final long serialVersionUID = 1L;

  PassphraseRefused(String message) {
    super(message);
  }
}
