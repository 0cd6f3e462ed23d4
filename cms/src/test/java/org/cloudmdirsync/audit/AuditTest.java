package org.cloudmdirsync.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.log.LogQueue;
import org.cloudmdirsync.log.StderrLogger;
import org.cloudmdirsync.unix.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AuditTest {
  private static final Path SOCKET = Path.of("/run/cms.sock");
  private static final Peer ANN = new Peer((int) ProcessHandle.current().pid(), 4_000_001, 1);
  private static final CredentialRequest REQUEST =
      new CredentialRequest("SMTP", List.of(), "ann@example.com");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LogQueue log = new LogQueue(logger(written));
  private final Audit audit = new Audit(log, /* ourUser= */ 1);

  @Test
  void saysWhoWasAnsweredWhat() {
    answered(ANN, REQUEST, "token");
    assertThat(lines().getFirst())
        .contains(
            "answered: outcome=token account=ann@example.com protocol=SMTP"
                + " socket=/run/cms.sock user=4000001 uid=4000001 pid="
                + ANN.pid()
                + " program=/")
        .endsWith("/bin/java");
  }

  @Test
  void saysAlikeAnswersOnceAndTheirNumberLater() {
    audit.every(Duration.ofHours(1));
    for (int i = 0; i < 58; i++) {
      answered(ANN, REQUEST, "token");
    }
    answered(ANN, REQUEST, "sign-in-needed");
    audit.close();
    assertThat(lines())
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).contains("outcome=token").contains(" pid="),
            line -> assertThat(line).contains("outcome=sign-in-needed"),
            line -> assertThat(line).contains("outcome=token").endsWith(" again=57"));
    assertThat(audit.counts())
        .containsEntry(new Audit.Counted(SOCKET, "SMTP", "token"), 58L)
        .containsEntry(new Audit.Counted(SOCKET, "SMTP", "sign-in-needed"), 1L);
  }

  /** Whatever the threads and the intervals do, no answer is lost and none is told twice. */
  @Test
  void losesNoAnswer() throws InterruptedException {
    audit.every(Duration.ofMillis(1));
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        threads.execute(() -> {
          for (int k = 0; k < 10_000; k++) {
            answered(ANN, REQUEST, "token");
          }
        });
      }
    }
    Thread.sleep(50);
    audit.close();
    int told =
        lines().stream()
            .filter(line -> line.contains("answered:"))
            .mapToInt(
                line -> line.contains(" again=") ? Integer.parseInt(line.split(" again=")[1]) : 1)
            .sum();
    assertThat(told).isEqualTo(40_000);
    assertThat(audit.counts()).containsEntry(new Audit.Counted(SOCKET, "SMTP", "token"), 40_000L);
  }

  @Test
  void doesNotCountWhatClientsMakeUp() {
    audit.every(Duration.ofHours(1));
    IntStream.range(0, 100)
        .forEach(i ->
            audit.answered(
                SOCKET,
                ANN,
                new CredentialRequest("X" + i, List.of(), i + "@d.com"),
                "unknown-user",
                /* served= */ false));
    assertThat(audit.counts())
        .isEqualTo(Map.of(new Audit.Counted(SOCKET, "", "unknown-user"), 100L));
    assertThat(lines()).hasSize(1);
  }

  @Test
  void knowsWhoAskedLast() {
    audit.every(Duration.ofHours(1));
    answered(ANN, REQUEST, "token");
    answered(new Peer(1, 0, 0), REQUEST, "token");
    assertThat(audit.last(SOCKET, "ann@example.com").orElseThrow().user()).isEqualTo("root");
    answered(ANN, REQUEST, "token");
    LastAnswer last = audit.last(SOCKET, "ann@example.com").orElseThrow();
    assertThat(last.user()).isEqualTo("4000001");
    assertThat(last.protocol()).isEqualTo("SMTP");
    assertThat(last.outcome()).isEqualTo("token");
    assertThat(last.program().orElseThrow()).endsWith("/java");
    assertThat(last.at()).isBetween(Instant.now().minusSeconds(60), Instant.now());
    assertThat(audit.last(SOCKET, "ben@example.com")).isEmpty();
  }

  @Test
  void keepsWordsApart() {
    answered(ANN, new CredentialRequest("S\"M\\", List.of(), "a uid=0@d.com"), "token");
    assertThat(lines().getFirst())
        .contains("account=\"a uid=0@d.com\"")
        .contains("protocol=\"S\\\"M\\\\\"");
  }

  @Test
  void neverWaitsForTheLogAndSaysWhatWasLost() {
    CountDownLatch readAgain = new CountDownLatch(1);
    LogQueue slow = new LogQueue(logger(new Slow(readAgain)));
    Audit waiting = new Audit(slow, 1);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () -> {
          for (int i = 0; i < 3_000; i++) {
            waiting.answered(SOCKET, ANN, REQUEST, "token", true);
          }
        });
    assertThat(slow.lost()).isBetween(1_900L, 2_000L);
    readAgain.countDown();
    slow.close();
    assertThat(written.toString(StandardCharsets.UTF_8)).contains(" log lines were lost");
  }

  private void answered(Peer peer, CredentialRequest request, String outcome) {
    audit.answered(SOCKET, peer, request, outcome, /* served= */ true);
  }

  private List<String> lines() {
    log.close();
    return written.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static System.Logger logger(OutputStream out) {
    return new StderrLogger(
        "org.cloudmdirsync.test",
        new PrintStream(out, /* autoFlush= */ true, StandardCharsets.UTF_8),
        Map.of());
  }

  /** Nobody reads standard error until told to. */
  private final class Slow extends OutputStream {
    private final CountDownLatch readAgain;

    Slow(CountDownLatch readAgain) {
      this.readAgain = readAgain;
    }

    @Override
    public void write(int b) {
      while (readAgain.getCount() > 0) {
        Thread.onSpinWait();
      }
      written.write(b);
    }
  }
}
