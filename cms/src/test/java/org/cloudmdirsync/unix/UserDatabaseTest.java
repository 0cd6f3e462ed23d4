package org.cloudmdirsync.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class UserDatabaseTest {

  @Test
  void knowsRoot() throws IOException {
    assertThat(UserDatabase.user("root")).hasValue(0);
    assertThat(UserDatabase.userName(0)).hasValue("root");
    assertThat(UserDatabase.group("root")).hasValue(0);
    assertThat(UserDatabase.userNames()).contains("root");
    assertThat(UserDatabase.groupNames()).contains("root");
  }

  @Test
  void knowsNobodyByThatName() throws IOException {
    assertThat(UserDatabase.user("no-such-user")).isEmpty();
    assertThat(UserDatabase.user("--help")).isEmpty();
    assertThat(UserDatabase.group("no-such-group")).isEmpty();
    assertThat(UserDatabase.members("no-such-group")).isEmpty();
    assertThat(UserDatabase.userName(2_000_000_001)).isEmpty();
  }

  /** getent would take it for a number. */
  @Test
  void takesNoNumberForAName() throws IOException {
    assertThat(UserDatabase.user("0")).isEmpty();
    assertThat(UserDatabase.group("0")).isEmpty();
  }
}
