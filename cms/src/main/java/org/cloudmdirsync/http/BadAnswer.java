package org.cloudmdirsync.http;

import java.io.IOException;

/**
 * What came is no complete answer.
 *
 * <p>The message goes on after the name of a host, such as "sent more than 1024 bytes", and holds
 * nothing that the server sent.
 */
final class BadAnswer extends IOException {
  private static final long serialVersionUID = 1;

  private BadAnswer(String words) {
    super(words);
  }

  static BadAnswer none() {
    return new BadAnswer("closed the connection without an answer");
  }

  static BadAnswer brokenOff() {
    return new BadAnswer("broke off before its answer was complete");
  }

  static BadAnswer malformed() {
    return new BadAnswer("sent something that is not HTTP");
  }

  static BadAnswer tooLarge(int limit) {
    return new BadAnswer("sent more than " + limit + " bytes");
  }
}
