package org.cloudmdirsync.dialogue;

/**
 * A refusal in a person's terms.
 *
 * @param meaning what happened, a sentence
 * @param remedy what to do, a sentence
 */
public record Explanation(Kind kind, String meaning, String remedy) {

  /** What was refused, and so who can do something about it. */
  public enum Kind {
    /** The token: expired, revoked, or issued for something else. A new one may help. */
    TOKEN,
    /** The user: a good token, but not this mailbox's. */
    IDENTITY,
    /** An administrator's rule. */
    POLICY,
    /** The server is busy or wants to be left alone: wait. */
    PASSING,
    /** A sender or recipient. */
    ADDRESS,
    /** The message. */
    MESSAGE,
    /** The server lacks what we need: TLS, or a mechanism for tokens. */
    SERVER,
    /** Nothing we know. */
    UNKNOWN
  }
}
