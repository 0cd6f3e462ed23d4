package org.cloudmdirsync.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowedPeersTest {
  private static final int OWNER = 1000;
  private static final int EXIM = 102;
  private static final int MAIL = 8;

  @Test
  void admitsUsersAndGroupsAndTheOwnerAndRoot() {
    AllowedPeers allowed = new AllowedPeers(Set.of(EXIM), Set.of(MAIL), Set.of());
    assertThat(objection(allowed, EXIM, 105)).isEmpty();
    assertThat(objection(allowed, 4711, MAIL)).isEmpty();
    assertThat(objection(allowed, OWNER, 1000)).isEmpty();
    assertThat(objection(allowed, 0, 0)).isEmpty();
    assertThat(objection(allowed, 4711, EXIM))
        .hasValueSatisfying(reason -> assertThat(reason).contains("4711", "allow="));
  }

  @Test
  void admitsNobodyElseWithAnEmptyList() {
    AllowedPeers nobody = new AllowedPeers(Set.of(), Set.of(), Set.of());
    assertThat(objection(nobody, OWNER, 1000)).isEmpty();
    assertThat(objection(nobody, EXIM, 105)).isPresent();
  }

  @Test
  void asksForAProgramToo() throws IOException {
    Path ours = Path.of("/proc/self/exe").toRealPath();
    AllowedPeers right = new AllowedPeers(Set.of(EXIM), Set.of(), Set.of(ours));
    AllowedPeers wrong = new AllowedPeers(Set.of(EXIM), Set.of(), Set.of(Path.of("/bin/true")));
    assertThat(objection(right, EXIM, 105)).isEmpty();
    assertThat(objection(right, 4711, 4711)).isPresent();
    assertThat(objection(wrong, EXIM, 105))
        .hasValueSatisfying(
            reason -> assertThat(reason).startsWith(ours + " is not among the programs"));
    assertThat(objection(wrong, OWNER, 1000)).isPresent();
    assertThat(objection(wrong, 0, 0)).isEmpty();
  }

  @Test
  void takesAProgramAloneFromEveryUser() throws IOException {
    Path ours = Path.of("/proc/self/exe").toRealPath();
    AllowedPeers programs = new AllowedPeers(Set.of(), Set.of(), Set.of(ours));
    assertThat(objection(programs, 4711, 4711)).isEmpty();
  }

  @Test
  void isStrictWhenTheProgramCannotBeSeen() {
    AllowedPeers programs = new AllowedPeers(Set.of(EXIM), Set.of(), Set.of(Path.of("/bin/true")));
    int gone = Integer.MAX_VALUE;
    assertThat(programs.objection(new Peer(gone, EXIM, 105), OWNER))
        .hasValueSatisfying(reason -> assertThat(reason).contains("CAP_SYS_PTRACE"));
  }

  private static Optional<String> objection(AllowedPeers allowed, int uid, int gid) {
    return allowed.objection(new Peer((int) ProcessHandle.current().pid(), uid, gid), OWNER);
  }
}
