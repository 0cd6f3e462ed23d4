package org.cloudmdirsync.dialogue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** How a conversation with a mail server ended. Texts are for people and hold no secret. */
public sealed interface Outcome {

  /**
   * The server did what was asked.
   *
   * @param said its last words
   */
  record Accepted(String said) implements Outcome {}

  /**
   * Asking again in the same way will not help.
   *
   * @param said the server's words, on one line; ours where the server lacks something
   */
  record Refused(String said, Explanation explanation) implements Outcome {}

  /**
   * Ask later.
   *
   * @param reason the server's words where it spoke, ours otherwise
   * @param explanation of the server's words
   */
  record Unavailable(Cause cause, String reason, Optional<Explanation> explanation)
      implements Outcome {

    /** The one place where a failure of the network becomes a result. */
    public static Unavailable of(IOException e) {
      Cause cause =
          switch (e) {
            case SSLException _ -> Cause.TLS;
            case ConnectException _ -> Cause.CONNECTION;
            case UnknownHostException _ -> Cause.CONNECTION;
            case IOException _ -> Cause.SERVER;
          };
      return new Unavailable(cause, String.valueOf(e.getMessage()), Optional.empty());
    }
  }

  /** What stood in the way. */
  enum Cause {
    /** The server could not be reached. */
    CONNECTION,
    /** TLS could not be established, or the certificate is not good. */
    TLS,
    /** The server was reached, and said not now, fell silent, hung up or talked nonsense. */
    SERVER
  }
}
