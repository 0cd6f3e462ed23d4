package org.cloudmdirsync.e2e;

import java.util.stream.Stream;

/** aerc, with somebody at its terminal. */
class AercIT extends DoorSuite {
  @Override
  Stream<Trial> trials() {
    return Stream.of(
        Trial.of("aerc reads", Deed.READS, "Disconnected", AercIT::read)
            .sayingStatusOnly("failed to read password: exit status %d")
            .interactive(),
        Trial.of(
                "aerc reads by OAUTHBEARER",
                Deed.READS,
                "Disconnected",
                visit -> read(visit.oauthbearer()))
            .sayingStatusOnly("failed to read password: exit status %d")
            .interactive(),
        Trial.of("aerc sends", Deed.SENDS, "Authentication unsuccessful", AercIT::send)
            .sayingStatusOnly("failed to read password: exit status %d")
            .interactive());
  }

  private static Run read(Visit visit) throws Exception {
    visit.example("aerc-accounts.conf", ".config/aerc/accounts.conf");
    Terminal aerc = visit.open("aerc").await("to be fetched|Disconnected");
    String file = visit.home().resolve("mail").toString();
    return aerc.type(":pipe -b -m sh -c 'cat >%s'\r".formatted(file))
        .await("completed with status|Disconnected")
        .leave(":quit -f\r");
  }

  private static Run send(Visit visit) throws Exception {
    visit.example("aerc-accounts.conf", ".config/aerc/accounts.conf");
    return visit
        .open("env", "EDITOR=true", Programs.installed("aerc"))
        .await("to be fetched|Disconnected")
        .type(":compose -H 'To: bob@example.net' -H 'Subject: aerc sends'\r")
        .await("Send this")
        .type(":send\r")
        .await("ssage sent|send:")
        .leave(":quit -f\r");
  }
}
