package org.cloudmdirsync.unix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The user namespace we are in (user_namespaces(7)), such as PrivateUsers= of systemd.exec(5) makes
 * around one user. All users and groups that it does not know look like one, which is also somebody
 * by the name of nobody.
 */
final class UserNamespace {
  /** As of /proc/sys/kernel/overflowuid, which nobody changes. */
  private static final int UNKNOWN = 65534;

  /** The first namespace's: every number is itself. */
  private static final String WHOLE = "0 0 4294967295";

  private UserNamespace() {}

  /** Whether this number of a user or group may be anybody's. */
  static boolean hides(int number) {
    return number == UNKNOWN && hides(number, map());
  }

  static boolean hides(int number, String map) {
    return number == UNKNOWN && !map.strip().replaceAll(" +", " ").equals(WHOLE);
  }

  /** Read each time, for the few who need it; where it cannot be read, nobody can be told apart. */
  private static String map() {
    try {
      return Files.readString(Path.of("/proc/self/uid_map"));
    } catch (IOException unreadable) {
      return "";
    }
  }
}
