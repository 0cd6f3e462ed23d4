package org.cloudmdirsync.simulator;

/** Whose authorization server is imitated. */
public enum Flavour {
  /** A new refresh token at every use, the old one goes on working; one resource per token. */
  MICROSOFT(Rotation.KEEP_OLD, 1600),
  /** The refresh token stays; wants the client's secret; sends {@code iss}. */
  GOOGLE(Rotation.NEVER, 220),
  /** Strict by the book (RFC 9700): reuse of a rotated refresh token kills its whole family. */
  GENERIC(Rotation.KILL_FAMILY, 43);

  final Rotation rotation;
  final int tokenSize;

  Flavour(Rotation rotation, int tokenSize) {
    this.rotation = rotation;
    this.tokenSize = tokenSize;
  }

  /** What becomes of a refresh token when it is used. */
  enum Rotation {
    NEVER,
    KEEP_OLD,
    KILL_OLD,
    KILL_FAMILY
  }
}
