package org.cloudmdirsync.simulator;

import java.util.ArrayList;
import java.util.List;

/** The mail received so far, oldest first. */
final class Mails {
  private final List<ReceivedMail> mails = new ArrayList<>();

  synchronized void add(ReceivedMail mail) {
    mails.add(mail);
  }

  synchronized List<ReceivedMail> all() {
    return List.copyOf(mails);
  }

  synchronized void clear() {
    mails.clear();
  }
}
