package org.cloudmdirsync.secret;

import java.io.IOException;

/**
 * A stored secret that is there but cannot be understood: truncated, altered, or sealed with
 * another key. Trying again does not help; the file is kept, and the message names it.
 */
public final class UnreadableSecret extends IOException {
  private static final long serialVersionUID = 1L;

  UnreadableSecret(String message) {
    super(message);
  }
}
