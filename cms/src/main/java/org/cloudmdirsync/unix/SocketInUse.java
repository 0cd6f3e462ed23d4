package org.cloudmdirsync.unix;

import java.io.IOException;
import java.nio.file.Path;

/** Another process answers on the socket; taking it over would leave that one running, unheard. */
public final class SocketInUse extends IOException {
  private static final long serialVersionUID = 1;

  SocketInUse(Path path) {
    super(
        "another daemon already answers on the socket "
            + path
            + "; stop it first, or give this one another path");
  }
}
