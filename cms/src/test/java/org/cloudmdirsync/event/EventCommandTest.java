package org.cloudmdirsync.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.AccountEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventCommandTest {
  private static final Account ANN = AnAccount.of("ann@example.com");

  @TempDir Path directory;

  @Test
  void hasTheFactsInItsEnvironment() throws Exception {
    try (EventCommand command =
        command("echo \"$CMS_EVENT|$CMS_USER|$CMS_PROVIDER|$CMS_REASON|$CMS_URL\" >> out")) {
      command.accept(new AccountEvent.SignInNeeded(ANN, "; touch owned; $(touch owned) `x` \n\0"));
      assertThat(awaitLines(2))
          .first()
          .isEqualTo("sign-in-needed|ann@example.com|Google|; touch owned; $(touch owned) `x` ");
      assertThat(directory.resolve("owned")).doesNotExist();
    }
  }

  @Test
  void runsOneAtATimeInOrder() throws Exception {
    try (EventCommand command =
        command("echo start $CMS_REASON >> out; sleep 0.1; echo end $CMS_REASON >> out")) {
      command.accept(new AccountEvent.Problem(ANN, "1"));
      command.accept(new AccountEvent.Problem(ANN, "2"));
      assertThat(awaitLines(4)).containsExactly("start 1", "end 1", "start 2", "end 2");
    }
  }

  @Test
  void isKilledWithItsChildrenWhenItHangs() throws Exception {
    try (EventCommand command =
        command(
            "[ $CMS_REASON = next ] || { sleep 1000 & echo $! >> out; wait; }; echo done >> out")) {
      Instant start = Instant.now();
      command.accept(new AccountEvent.Problem(ANN, "hangs"));
      command.accept(new AccountEvent.Problem(ANN, "next"));
      List<String> lines = awaitLines(2);
      assertThat(Duration.between(start, Instant.now()))
          .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(20));
      assertThat(state(lines.getFirst())).as("killed; perhaps nobody has noticed").isIn("", "Z");
    }
  }

  @Test
  void anEventNeverWaitsAndTheQueueEnds() throws Exception {
    try (EventCommand command = command("echo $CMS_REASON >> out; sleep 1000")) {
      command.accept(new AccountEvent.Problem(ANN, "first"));
      awaitLines(1);
      Instant start = Instant.now();
      for (int i = 0; i < 10_000; i++) {
        command.accept(new AccountEvent.Problem(ANN, "later"));
      }
      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(2));
    }
  }

  /** The letter of proc(5). */
  private static String state(String pid) throws IOException {
    try {
      String stat = Files.readString(Path.of("/proc", pid, "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).substring(0, 1);
    } catch (NoSuchFileException gone) {
      return "";
    }
  }

  private EventCommand command(String text) {
    return new EventCommand(
        () -> Optional.of("cd '" + directory + "' || exit; " + text),
        () -> URI.create("http://127.0.0.1:8080/"),
        Map.of("PATH", "/usr/bin:/bin"));
  }

  private List<String> awaitLines(int count) throws IOException, InterruptedException {
    Path out = directory.resolve("out");
    while (!Files.exists(out) || Files.readAllLines(out).size() < count) {
      Thread.sleep(20);
    }
    return Files.readAllLines(out);
  }
}
