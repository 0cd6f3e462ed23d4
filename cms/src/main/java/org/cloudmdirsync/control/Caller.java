package org.cloudmdirsync.control;

import java.io.IOException;

/** Who asked, while the answer is being made. */
public interface Caller {

  /**
   * Sends one line of the reply. Waits for a caller that reads slowly, up to 4 s.
   *
   * @throws IOException when nobody is there any more; an answer may stop then
   */
  void send(Message line) throws IOException;

  /**
   * Has this done, once, when the caller gives up, or at once if that has happened. The last such
   * wish counts.
   */
  void whenGone(Runnable action);
}
