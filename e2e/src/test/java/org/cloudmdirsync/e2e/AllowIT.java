package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a token, with users of this machine that the kernel knows. */
class AllowIT {
  private static final String LISTED = "cms-test-listed";
  private static final String MEMBER = "cms-test-member";
  private static final String STRANGER = "cms-test-stranger";
  private static final String GROUP = "cms-test-group";
  private static final List<String> USERS = List.of(LISTED, MEMBER, STRANGER);

  /** An exim of the old kind: it asks for no reasons. */
  private static final String OLD_CLIENT =
      """
      import socket, sys
      s = socket.socket(socket.AF_UNIX)
      s.connect(sys.argv[1])
      s.sendall(b"SMTP " + sys.argv[2].encode() + b"\\n")
      print(len(b"".join(iter(lambda: s.recv(65536), b""))))
      """;

  private static final String PARSER =
      """
      import sys
      from prometheus_client.parser import text_string_to_metric_families
      for family in text_string_to_metric_families(sys.stdin.read()):
          for name, labels, value, *_ in family.samples:
              labels.pop("socket", 0), labels.pop("account", 0)
              print(name, *labels.values(), value)
      """;

  @TempDir Path directory;
  private Path client = Path.of("/");

  @BeforeEach
  void makeUsers() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "makes users");
    removeUsers();
    root("groupadd", "--system", GROUP);
    for (String user : USERS) {
      root("useradd", "--system", "--no-create-home", user);
    }
    root("usermod", "--append", "--groups", GROUP, MEMBER);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    client = Programs.copied("cms-oauth", directory);
  }

  @AfterEach
  void removeUsers() throws Exception {
    for (String user : USERS) {
      Run.of(Map.of(), "", List.of("userdel", user));
    }
    Run.of(Map.of(), "", List.of("groupdel", GROUP));
  }

  @Test
  void servesThoseWhoAreListedAndTheOwner() throws Exception {
    try (Scene scene =
        Scene.set(directory, allowing("\"" + LISTED + "\", \"group:" + GROUP + "\""))) {
      scene.broker.start().signIn(Scene.USER);
      String token = scene.broker.token(Scene.USER);
      for (String user : List.of(LISTED, MEMBER)) {
        Run run = as(user, scene);
        assertThat(run.status()).as(run.said()).isZero();
        assertThat(run.out().strip()).isEqualTo(token);
      }
    }
  }

  @Test
  void tellsOthersWhyAndOldClientsNothing() throws Exception {
    try (Scene scene =
        Scene.set(directory, allowing("\"" + LISTED + "\", \"group:" + GROUP + "\""))) {
      scene.broker.start().signIn(Scene.USER);
      Run run = as(STRANGER, scene);
      assertThat(run.status()).as(run.said()).isEqualTo(77);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).contains("is not among those in allow=").hasLineCount(1);
      Run old =
          Run.of(
              Map.of(),
              "",
              becoming(
                  STRANGER,
                  List.of(
                      "/usr/bin/python3",
                      "-c",
                      OLD_CLIENT,
                      scene.broker.socket().toString(),
                      Scene.USER)));
      assertThat(old.out()).as(old.said()).isEqualTo("0\n");
    }
  }

  @Test
  void whoHasConnectedIsNotLetInByAReloadThatClosesTheSocketToOthers() throws Exception {
    try (Scene scene = Scene.set(directory, allowing("\"" + LISTED + "\""))) {
      scene.broker.start().signIn(Scene.USER);
      try (RawClient held = RawClient.connect(scene.broker.socket())) {
        scene.broker.configure(Broker.microsoft(Scene.USER));
        assertThat(scene.broker.command("reload").status()).isZero();
        assertThat(held.say("SMTP " + Scene.USER + "\n").reply()).isEmpty();
      } catch (IOException hungUpOn) {
        // So it is.
      }
      assertThat(RawClient.token(scene.broker.socket(), Scene.USER)).isNotEmpty();
      assertThat(as(STRANGER, scene).err()).contains("no permission to use");
    }
  }

  @Test
  void looksAtTheProgramToo() throws Exception {
    try (Scene scene = Scene.set(directory, allowing("\"%s\", \"%s\"".formatted(LISTED, client)))) {
      scene.broker.start().signIn(Scene.USER);
      assertThat(as(LISTED, scene).status()).isZero();
      assertThat(as(STRANGER, scene).status()).isEqualTo(77);
      Path another = Files.copy(client, directory.resolve("another"));
      Files.setPosixFilePermissions(another, PosixFilePermissions.fromString("rwxr-xr-x"));
      client = another;
      Run run = as(LISTED, scene);
      assertThat(run.status()).as(run.said()).isEqualTo(77);
      assertThat(run.err()).contains(another + " is not among the programs");
    }
  }

  @Test
  void saysWhoAskedAndCountsThem() throws Exception {
    try (Scene scene = Scene.set(directory, allowing("\"" + LISTED + "\""))) {
      scene.broker.start().signIn(Scene.USER);
      for (int i = 0; i < 3; i++) {
        assertThat(as(LISTED, scene).status()).isZero();
      }
      assertThat(as(STRANGER, scene).status()).isEqualTo(77);
      scene.broker.awaitLog("outcome=not-allowed");
      assertThat(scene.broker.log())
          .containsOnlyOnce("answered: outcome=token")
          .containsPattern(
              "answered: outcome=token account=ann@example.com protocol=SMTP socket=\\S+ user="
                  + LISTED
                  + " uid=\\d+ pid=\\d+ program=/\\S+/cms-oauth\n")
          .containsPattern("answered: outcome=not-allowed \\S+ \\S+ \\S+ user=" + STRANGER);
      assertThat(figures(scene))
          .contains(
              "cms_answers_total SMTP token 3.0",
              "cms_answers_total  not-allowed 1.0",
              "cms_account_state ready 1.0");
      scene.broker.stop();
      assertThat(scene.broker.log()).containsPattern("answered: outcome=token .* again=2\n");
    }
  }

  /** As Prometheus' own Python client reads them. */
  private static String figures(Scene scene) throws Exception {
    Run metrics = scene.broker.command("metrics");
    assertThat(metrics.status()).as(metrics.said()).isZero();
    Run read = Run.of(Map.of(), metrics.out(), List.of("/usr/bin/python3", "-c", PARSER));
    assertThat(read.status()).as(read.said()).isZero();
    return read.out();
  }

  @Test
  void keepsAUserFromAskingTooOften() throws Exception {
    String limited = allowing("\"" + LISTED + "\"") + "cfg.requests_per_second = 1\n";
    try (Scene scene = Scene.set(directory, limited)) {
      scene.broker.start().signIn(Scene.USER);
      List<Integer> statuses = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        statuses.add(as(LISTED, scene).status());
      }
      assertThat(statuses.subList(0, 5)).containsOnly(0);
      assertThat(statuses).contains(75).containsOnly(0, 75);
      assertThat(scene.broker.token(Scene.USER)).isNotEmpty();
    }
  }

  @Test
  void doesNotStartWithAUserWhoDoesNotExist() throws Exception {
    try (Scene scene = Scene.set(directory, allowing("\"cms-test-listd\""))) {
      scene.broker.startUntil("did you mean \"" + LISTED + "\"?");
    }
  }

  private static String allowing(String list) {
    return Broker.microsoft(Scene.USER)
        .replace("protocols=", "allow=[%s], protocols=".formatted(list));
  }

  private Run as(String user, Scene scene) throws Exception {
    List<String> command =
        List.of(
            client.toString(),
            "--cms_sock=" + scene.broker.socket(),
            "--user=" + Scene.USER,
            "--output=token");
    return Run.of(scene.broker.environment(), "", becoming(user, command));
  }

  private static List<String> becoming(String user, List<String> command) {
    List<String> whole =
        new ArrayList<>(
            List.of(
                Programs.installed("setpriv"),
                "--reuid=" + user,
                "--regid=" + user,
                "--init-groups"));
    whole.addAll(command);
    return whole;
  }

  private static void root(String... command) throws Exception {
    Run run = Run.of(Map.of(), "", List.of(command));
    assertThat(run.status()).as(run.said()).isZero();
  }
}
