package org.cloudmdirsync.audit;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudmdirsync.unix.UserDatabase;

/** Users by name, for people; each is looked up once, and may block then. */
final class UserNames {
  private static final int MOST = 1_000;

  private final Map<Integer, String> known = new ConcurrentHashMap<>();

  /**
   * Knows two.
   *
   * @param ourUser the daemon's own
   */
  UserNames(int ourUser) {
    known.put(ourUser, System.getProperty("user.name"));
    known.put(0, "root");
  }

  /** A user's name; the number if there is none. */
  String name(int uid) {
    if (known.size() > MOST) {
      known.clear();
    }
    return known.computeIfAbsent(uid, UserNames::lookedUp);
  }

  private static String lookedUp(int uid) {
    String number = Integer.toUnsignedString(uid);
    try {
      return UserDatabase.userName(uid).orElse(number);
    } catch (IOException cannotAsk) {
      return number;
    }
  }
}
