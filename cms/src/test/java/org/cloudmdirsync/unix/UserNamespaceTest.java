package org.cloudmdirsync.unix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UserNamespaceTest {
  private static final String FIRST = "         0          0 4294967295\n";
  private static final String OF_ONE = "      1000       1000          1\n";
  private static final String CONTAINER = "         0     100000      65536\n     65536 231072 1\n";

  @Test
  void knowsEverybodyInTheFirst() {
    assertThat(UserNamespace.hides(65534, FIRST)).isFalse();
  }

  @Test
  void hidesWhomItDoesNotKnowBehindNobody() {
    assertThat(UserNamespace.hides(65534, OF_ONE)).isTrue();
    assertThat(UserNamespace.hides(65534, CONTAINER)).isTrue();
  }

  @Test
  void showsOthersAsTheyAre() {
    assertThat(UserNamespace.hides(1000, OF_ONE)).isFalse();
    assertThat(UserNamespace.hides(0, CONTAINER)).isFalse();
  }
}
