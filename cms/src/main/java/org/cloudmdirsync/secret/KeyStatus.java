package org.cloudmdirsync.secret;

import java.util.Optional;

/** Whether a store can be read and written. */
public sealed interface KeyStatus {

  /**
   * It can.
   *
   * @param place where the key rests
   * @param remark what else a person should know, such as that the key has been moved
   */
  record Held(KeyPlace place, Optional<Remark> remark) implements KeyStatus {}

  /** Not before somebody does something about it; meanwhile nothing is lost. */
  record Waiting(String reason) implements KeyStatus {}

  /**
   * What happened besides.
   *
   * @param warning whether a person must act
   */
  record Remark(boolean warning, String words) {}
}
