package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cloudmdirsync.simulator.MailFault;
import org.cloudmdirsync.simulator.ReceivedMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postfix sends through msmtp; what it cannot send waits in its queue. */
class PostfixIT extends DoorSuite {
  private static final String WAITS = "status=deferred \\(temporary failure\\. Command output: .*";

  private static final String EVERYBODYS =
      Broker.microsoft(Scene.USER).replace("accounts=[account]", "accounts=[account], umask=0o666");

  @TempDir Path directory;

  @Override
  Stream<Trial> trials() {
    Trial says =
        Trial.of("Postfix sends", Deed.SENDS, "535 5.7.3", PostfixIT::send)
            .saying(Condition.LONG_TOKEN, "longer than 4094 characters");
    Map<Condition, String> refusals = new EnumMap<>(says.refusals());
    refusals.replaceAll((condition, words) -> WAITS + words);
    return Stream.of(new Trial(says.name(), says.deed(), says.program(), refusals, true));
  }

  private static Run send(Visit visit) throws Exception {
    visit.example("msmtprc", ".msmtprc");
    try (Postfix postfix = Postfix.start(visit.environment(), visit.condition().user())) {
      return postfix.send(visit.condition().user(), "Postfix sends");
    }
  }

  @Test
  void sendsWhatWaitedWhenTheBrokerIsBack() throws Exception {
    try (Scene scene = Scene.set(directory, EVERYBODYS);
        Postfix postfix = before(scene)) {
      assertThat(postfix.send(Scene.USER, "later").out()).contains("no daemon answers");
      scene.broker.start().signIn(Scene.USER);
      Run run = postfix.settled("sudo postqueue -f\n");
      assertThat(run.status()).as(run.said()).isZero();
      assertThat(scene.cloud.mails()).hasSize(1);
    }
  }

  @Test
  void tellsTheSenderWhatTheServerRefusedForGood() throws Exception {
    try (Scene scene = Scene.set(directory, EVERYBODYS);
        Postfix postfix = before(scene)) {
      scene.broker.start().signIn(Scene.USER);
      scene.cloud.mailFaults().next("smtp.rcpt", new MailFault.Reply("550 5.1.1 nobody"));
      String log = postfix.send(Scene.USER, "to nobody").out();
      scene.cloud.counters().await("mails", 1, Broker.PATIENCE);
      assertThat(scene.cloud.mails())
          .as(log)
          .extracting(ReceivedMail::sender, ReceivedMail::recipients)
          .containsExactly(tuple("", List.of(Scene.USER)));
      assertThat(scene.cloud.mails().getFirst().content()).contains("550 5.1.1 nobody");
    }
  }

  @Test
  void callsTheUsersOfTheMachineByTheirAddresses() throws Exception {
    try (Scene scene = Scene.set(directory, EVERYBODYS);
        Postfix postfix = before(scene)) {
      scene.broker.start().signIn(Scene.USER);
      Run run = postfix.settled("printf 'Subject: by cron\\n\\n' | /usr/sbin/sendmail root\n");
      assertThat(scene.cloud.mails())
          .as(run.said())
          .extracting(ReceivedMail::sender, ReceivedMail::recipients)
          .containsExactly(tuple(Scene.USER, List.of(Scene.USER)));
    }
  }

  /** The daemon's directory is alice's home; she may come in, and use the socket. */
  private Postfix before(Scene scene) throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    // Postfix trusts the cloud as a machine does.
    String settings = scene.example("msmtprc").replaceAll("tls_trust_file .*", "");
    Path file = Files.writeString(directory.resolve(".msmtprc"), settings);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Map<String, String> environment = new HashMap<>(scene.broker.environment());
    Path client = Programs.copied("cms-oauth", directory);
    environment.put("PATH", client.getParent() + ":" + System.getenv("PATH"));
    return Postfix.start(environment, Scene.USER);
  }
}
