package org.cloudmdirsync.simulator;

/**
 * A refresh token, known by its hash.
 *
 * @param family all that came of one sign-in by rotation
 * @param state whether it still works
 */
record RefreshToken(Consent consent, String family, State state) {

  /** What became of it. */
  enum State {
    ALIVE,
    /** Replaced by a newer one, and of no more use. */
    ROTATED,
    /** Taken back: by an administrator, a user, or because somebody used a rotated one. */
    REVOKED
  }

  RefreshToken in(State next) {
    return new RefreshToken(consent, family, next);
  }
}
