package org.cloudmdirsync.doctor;

import java.util.Optional;

/** What a check found. Texts are for people, on one line, and hold no secret. */
public sealed interface Finding {

  /**
   * All is well.
   *
   * @param seen what was seen
   */
  record Passed(String seen) implements Finding {}

  /**
   * The way breaks here.
   *
   * @param cause what is wrong, a sentence
   * @param said the words of whoever refused, where there are any
   * @param remedy what to do: the command or setting, where there is one
   */
  record Failed(Fault fault, String cause, Optional<String> said, String remedy)
      implements Finding {

    /** Nobody refused in words. */
    public static Failed of(Fault fault, String cause, String remedy) {
      return new Failed(fault, cause, Optional.empty(), remedy);
    }
  }

  /** Not looked at: an earlier check failed, or there is nothing to look at. */
  record Skipped(String why) implements Finding {}

  /** What kind of failure it is; programs decide by it. */
  enum Fault {
    /** The configuration must change. */
    CONFIGURATION,
    /** Something is not there: a daemon, a name, a server, an authority. */
    UNAVAILABLE,
    /** It passes by itself. */
    TRY_AGAIN,
    /** A person or an administrator must allow something. */
    NO_PERMISSION
  }

  /** Whether what depends on it may be looked at. */
  default boolean good() {
    return this instanceof Passed;
  }
}
