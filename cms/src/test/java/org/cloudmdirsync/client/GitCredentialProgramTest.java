package org.cloudmdirsync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.client.Programs.Finished;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialRequest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** git's credential helper as git runs it, on the JVM or as the native program. */
@Timeout(120)
class GitCredentialProgramTest {
  private static final String TOKEN = "t".repeat(4096) + "-0123456789abcde";
  private static final String GET = "protocol=smtp\nhost=smtp.office365.com:587\n";
  private static final String ANN = GET + "username=ann@d.com\n\n";
  private static final Finished PASSED_OVER = new Finished(0, "", "");

  @TempDir private Path directory;
  @AutoClose private AnsweringDaemon daemon;

  @BeforeEach
  void startDaemon() throws IOException {
    daemon = new AnsweringDaemon(directory, TOKEN);
  }

  @Test
  void getsTheTokenAndItsExpiry() throws Exception {
    assertThat(helper(ANN, "get"))
        .isEqualTo(
            new Finished(
                0,
                "username=ann@d.com\npassword=" + TOKEN + "\npassword_expiry_utc=1790000000\n",
                ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"imap", "imaps"})
  void asksForImapWhereGitDoes(String protocol) throws Exception {
    String wanted = "protocol=" + protocol + "\nhost=imap.d.com\nusername=ann@d.com\n\n";
    assertThat(helper(wanted, "get").out()).startsWith("username=ann@d.com\n");
    assertThat(daemon.requests).extracting(CredentialRequest::protocol).containsExactly("IMAP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "protocol=https\nhost=github.com\nusername=ann@d.com\n\n",
        "protocol=smtp\nhost=d.com\n\n",
        "protocol=smtp\nhost=d.com\nusername=ann\n\n",
        "protocol=smtp\nhost=d.com\nusername=a nn@d.com\n\n",
        "protocol=smtp\nhost=d.com\n\nusername=ann@d.com\n",
        "host=d.com\nusername=ann@d.com\n\n",
        "\n",
        ""
      })
  void whatIsNotOursIsPassedOverWithoutAsking(String wanted) throws Exception {
    assertThat(helper(wanted, "get")).isEqualTo(PASSED_OVER);
    assertThat(daemon.requests).isEmpty();
  }

  @Test
  void anUnknownUserIsPassedOver() throws Exception {
    assertThat(helper(GET + "username=UNKNOWN_USER@d.com\n\n", "get")).isEqualTo(PASSED_OVER);
    assertThat(daemon.requests).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "UNKNOWN_USER")
  void anAccountOfOursWithoutATokenStopsGit(Kind kind) throws Exception {
    Finished finished = helper(GET + "username=" + kind + "@d.com\n\n", "get");
    assertThat(finished.out()).isEqualTo("quit=1\n");
    assertThat(finished.err())
        .isEqualTo(
            "git-credential-cms: no token for %s@d.com: the reason; sign in at http://localhost/\n"
                .formatted(kind));
  }

  @Test
  void withoutADaemonGitIsStopped() throws Exception {
    Finished finished = helper(ANN, "--cms_sock=" + directory.resolve("no"), "get");
    assertThat(finished.out()).isEqualTo("quit=1\n");
    assertThat(finished.err())
        .startsWith("git-credential-cms: no daemon answers on " + directory.resolve("no"))
        .contains("start cloud-mdir-sync");
    finished = run(Map.of("CMS_SOCK", ""), ANN, "get");
    assertThat(finished.out()).isEqualTo("quit=1\n");
    assertThat(finished.err()).contains("--cms_sock", "$CMS_SOCK");
  }

  @Test
  void anAccountMayBeNamedForAllOfAServer() throws Exception {
    assertThat(helper(GET + "\n", "--user=ann@d.com", "get").out()).startsWith("username=ann@d");
    assertThat(helper(ANN, "--user=ann@d.com", "get").out()).startsWith("username=ann@d.com\n");
    assertThat(helper(GET + "username=bob@d.com\n\n", "--user=ann@d.com", "get"))
        .isEqualTo(PASSED_OVER);
  }

  @Test
  void anotherUsersPasswordMayBeElsewhereWhenThereIsNoToken() throws Exception {
    String named = "--user=" + Kind.SIGN_IN_NEEDED + "@d.com";
    Finished another = helper(GET + "username=bob@d.com\n\n", named, "get");
    assertThat(another.out()).isEmpty();
    assertThat(another.err()).contains("no token for " + Kind.SIGN_IN_NEEDED);
    assertThat(helper(GET + "\n", named, "get").out()).isEqualTo("quit=1\n");
  }

  @Test
  void theServersNameForAnAccountIsItsToo() throws Exception {
    assertThat(helper(GET + "username=alias@d.com\n\n", "--user=real@d.com", "get").out())
        .startsWith("username=alias@d.com\n");
  }

  @Test
  void erasingTellsTheDaemonWhichTokenWasRefused() throws Exception {
    assertThat(helper(GET + "username=ann@d.com\npassword=" + TOKEN + "\n\n", "erase"))
        .isEqualTo(PASSED_OVER);
    assertThat(daemon.requests)
        .containsExactly(
            new CredentialRequest("SMTP", List.of("v=1", "refused=-0123456789abcde"), "ann@d.com"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "password=\n", "password=a, b\n"})
  void thereIsNothingToEraseWithoutAToken(String password) throws Exception {
    assertThat(helper(GET + "username=ann@d.com\n" + password + "\n", "erase"))
        .isEqualTo(PASSED_OVER);
    assertThat(daemon.requests).isEmpty();
  }

  @Test
  void erasingWithoutADaemonIsNobodysTrouble() throws Exception {
    String refused = GET + "username=ann@d.com\npassword=" + TOKEN + "\n\n";
    assertThat(helper(refused, "--cms_sock=" + directory.resolve("no"), "erase"))
        .isEqualTo(PASSED_OVER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"store", "something-new"})
  void whatItDoesNotDoIsPassedOver(String action) throws Exception {
    assertThat(helper(ANN, action)).isEqualTo(PASSED_OVER);
    assertThat(daemon.requests).isEmpty();
  }

  @Test
  void offersNoCapabilityThatHttpAloneHas() throws Exception {
    assertThat(helper("", "capability")).isEqualTo(new Finished(0, "version 0\n", ""));
  }

  @Test
  void aMistakeIsAUsageError() throws Exception {
    for (String[] arguments :
        List.of(new String[] {}, new String[] {"get", "get"}, new String[] {"--usr=a@d", "get"})) {
      Finished finished = helper(ANN, arguments);
      assertThat(finished.status()).isEqualTo(64);
      assertThat(finished.out()).isEmpty();
      assertThat(finished.err()).startsWith("usage: git-credential-cms ");
    }
  }

  @Test
  void helpAndVersionSucceed() throws Exception {
    assertThat(helper("", "--help").out()).startsWith("usage: git-credential-cms ");
    assertThat(helper("", "--version").out()).matches(Programs.versionOf("git-credential-cms"));
  }

  @Test
  void anOriginalDaemonServesGitToo() throws Exception {
    assumeTrue(Programs.isInstalled("python3"), "python3 is not installed");
    Path theirs = directory.resolve("original.sock");
    String reply = "user=ann@d.com\u0001auth=Bearer tok.en\u0001\u0001";
    try (OriginalDaemon _ = OriginalDaemon.start(theirs, reply)) {
      assertThat(helper(ANN, "--cms_sock=" + theirs, "get"))
          .isEqualTo(new Finished(0, "username=ann@d.com\npassword=tok.en\n", ""));
    }
  }

  @Test
  void anOriginalDaemonsSilenceLeavesGitToOthers() throws Exception {
    assumeTrue(Programs.isInstalled("python3"), "python3 is not installed");
    Path theirs = directory.resolve("original.sock");
    try (OriginalDaemon _ = OriginalDaemon.start(theirs, "")) {
      Finished finished = helper(ANN, "--cms_sock=" + theirs, "get");
      assertThat(finished.out()).isEmpty();
      assertThat(finished.err()).contains("gave no reason");
    }
  }

  private Finished helper(String input, String... arguments) throws Exception {
    return run(Map.of("CMS_SOCK", daemon.socket.toString()), input, arguments);
  }

  private static Finished run(Map<String, String> environment, String input, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>(Programs.client());
    command.add("git-credential");
    command.addAll(List.of(arguments));
    return Programs.run(command, environment, input);
  }
}
