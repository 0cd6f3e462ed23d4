package org.cloudmdirsync.secret;

import java.io.IOException;

/** The key is out of reach now, and may come: a keyring is locked, or not there yet. */
public final class KeyUnavailable extends IOException {
  private static final long serialVersionUID = 1L;

  KeyUnavailable(String message) {
    super(message);
  }
}
