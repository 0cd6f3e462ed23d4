package org.cloudmdirsync.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.AccountEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a session bus of its own and a desktop on it. */
@Timeout(60)
class NotificationsTest {
  private static final Account ANN = AnAccount.of("ann@example.com");
  private static final Account BEN = AnAccount.of("ben@example.com");
  private static final URI PAGE = URI.create("http://127.0.0.1:8080/");

  @TempDir Path directory;

  @Test
  void tellsRepeatsAndTakesBack() throws Exception {
    try (Session session = Session.open(directory);
        Notifications notifications = session.notifications(Duration.ofSeconds(1))) {
      notifications.accept(new AccountEvent.SignInNeeded(ANN, "-1 <b>&\"'"));
      String first =
          "notify 1 cloud-mdir-sync: Sign in to ann@example.com:"
              + " 'http://127.0.0.1:8080/\\n-1 &lt;b&gt;&amp;\"\\''";
      assertThat(session.said()).isEqualTo(first);
      assertThat(session.said()).as("again, in its place").isEqualTo(first);
      notifications.accept(new AccountEvent.SignedIn(ANN));
      String said = session.said();
      while (said.equals(first)) {
        said = session.said();
      }
      assertThat(said).isEqualTo("close 1");
    }
  }

  @Test
  void takesBackWhatWasSaidOfAnAccountThatIsNoMore() throws Exception {
    try (Session session = Session.open(directory);
        Notifications notifications = session.notifications(Duration.ofHours(1))) {
      notifications.accept(new AccountEvent.Problem(ANN, "no licence"));
      assertThat(session.said()).startsWith("notify 1 ");
      notifications.accept(new AccountEvent.Retired(ANN));
      notifications.accept(new AccountEvent.Problem(BEN, "no mailbox"));
      assertThat(session.said()).isEqualTo("close 1");
      assertThat(session.said()).startsWith("notify 2 ");
    }
  }

  @Test
  void isSilentAboutWhatNeedsNobody() throws Exception {
    try (Session session = Session.open(directory);
        Notifications notifications = session.notifications(Duration.ofHours(1))) {
      notifications.accept(new AccountEvent.Unreachable(ANN, "no route"));
      notifications.accept(new AccountEvent.Recovered(ANN));
      notifications.accept(new AccountEvent.Problem(BEN, "no licence"));
      assertThat(session.said()).contains("A problem with ben@example.com: 'no licence'");
      notifications.accept(new AccountEvent.Problem(BEN, "no mailbox"));
      assertThat(session.said()).startsWith("notify 1 ").contains("no mailbox");
    }
  }

  @Test
  void doesNothingWithoutASessionBus() {
    assertThat(new Desktop(Map.of()).isThere()).isFalse();
    assertThat(new Desktop(Map.of("XDG_RUNTIME_DIR", directory.toString())).isThere()).isFalse();
  }

  /** The bus, and who answers on it. */
  private record Session(Process bus, Process desktop, BufferedReader words, String address)
      implements AutoCloseable {
    static Session open(Path directory) throws IOException {
      assumeTrue(
          Files.isExecutable(Path.of("/usr/bin/dbus-daemon"))
              && Files.exists(Path.of("/usr/lib/python3/dist-packages/dbus"))
              && Files.exists(Path.of("/usr/lib/python3/dist-packages/gi"))
              && Files.isExecutable(Path.of("/usr/bin/busctl")),
          "dbus-daemon, busctl, python3-dbus or python3-gi is not installed");
      Process bus =
          new ProcessBuilder(
                  "dbus-daemon",
                  "--session",
                  "--nofork",
                  "--print-address",
                  "--address=unix:path=" + directory.resolve("bus"))
              .start();
      String address = String.valueOf(bus.inputReader().readLine());
      Path server =
          Path.of("src/test/resources/org/cloudmdirsync/event/notifications.py").toAbsolutePath();
      ProcessBuilder builder =
          new ProcessBuilder(List.of("/usr/bin/python3", server.toString()))
              .redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("DBUS_SESSION_BUS_ADDRESS", address);
      Process desktop = builder.start();
      Session session = new Session(bus, desktop, desktop.inputReader(), address);
      assertThat(session.said()).isEqualTo("ready");
      return session;
    }

    Notifications notifications(Duration repeat) {
      Map<String, String> environment =
          Map.of("DBUS_SESSION_BUS_ADDRESS", address, "PATH", "/usr/bin:/bin");
      return new Notifications(new Desktop(environment), () -> PAGE, repeat);
    }

    String said() throws IOException {
      return Objects.requireNonNullElse(words.readLine(), "");
    }

    @Override
    public void close() {
      desktop.destroyForcibly();
      bus.destroyForcibly();
    }
  }
}
