package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cloudmdirsync.simulator.ReceivedMail;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real git send-email, configured by examples/gitconfig: through msmtp, and by itself. */
class GitSendEmailIT {
  @TempDir Path directory;

  @Test
  void sendsAPatchThroughMsmtp() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Run run = sendEmail(withAPatch(scene));
      assertThat(run.status()).as(run.said()).isZero();
      assertArrived(scene);
    }
  }

  @Test
  void withoutABrokerItFailsAndNamesTheCause() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      Run run = sendEmail(withAPatch(scene));
      assertThat(run.status()).as(run.said()).isNotZero();
      assertThat(run.err())
          .contains("cms-oauth: no daemon answers on " + scene.broker.socket())
          .contains("start cloud-mdir-sync");
      assertThat(scene.cloud.mails()).isEmpty();
    }
  }

  /** Debian 12's Authen::SASL, 2.16, does not know the mechanism; 2.1800 and newer do. */
  @Test
  void sendsAPatchByItselfWherePerlKnowsXoauth2() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Run run = sendEmail(withAPatch(scene), "--identity=office365");
      if (perlHas("Authen::SASL::Perl::XOAUTH2")) {
        assertThat(run.status()).as(run.said()).isZero();
        assertArrived(scene);
      } else {
        assertThat(run.status()).as(run.said()).isNotZero();
        assertThat(run.err()).contains("No SASL mechanism found");
        assertThat(scene.cloud.mails()).isEmpty();
      }
    }
  }

  private static void assertArrived(Scene scene) {
    assertThat(scene.cloud.mails()).hasSize(1);
    ReceivedMail mail = scene.cloud.mails().getFirst();
    assertThat(mail.user()).isEqualTo(Scene.USER);
    assertThat(mail.sender()).isEqualTo(Scene.USER);
    assertThat(mail.recipients()).contains("bob@example.net");
    assertThat(mail.content())
        .contains("From: User Name <" + Scene.USER + ">", "Subject: [PATCH] a file", "+content");
  }

  private static Git withAPatch(Scene scene) throws Exception {
    Git git = Git.in(scene);
    done(git.run("", "init", "--quiet"));
    Files.writeString(git.home().resolve("file"), "content\n");
    done(git.run("", "add", "file"));
    done(
        git.run(
            "",
            "-c",
            "user.name=User Name",
            "-c",
            "user.email=" + Scene.USER,
            "commit",
            "--quiet",
            "--message=a file"));
    return git;
  }

  private static void done(Run run) {
    assertThat(run.status()).as(run.said()).isZero();
  }

  private static Run sendEmail(Git git, String... options) throws Exception {
    Assumptions.assumeTrue(
        perlHas("Mail::Address", "Net::SMTP", "IO::Socket::SSL", "Authen::SASL")
            && git.run("", "--list-cmds=main,others").out().contains("send-email"),
        "git send-email is not installed: ./check install");
    String[] arguments =
        Stream.of(
                List.of("send-email", "--to=bob@example.net", "--confirm=never"),
                List.of(options),
                List.of("-1"))
            .flatMap(List::stream)
            .toArray(String[]::new);
    return git.run("", arguments);
  }

  private static boolean perlHas(String... modules) throws Exception {
    for (String module : modules) {
      Run run = Run.of(Map.of(), "", List.of(Programs.installed("perl"), "-M" + module, "-e1"));
      if (run.status() != 0) {
        return false;
      }
    }
    return true;
  }
}
