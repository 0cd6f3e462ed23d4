package org.cloudmdirsync.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StderrLoggerTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private StderrLogger logger(String name, Map<String, String> environment) {
    return new StderrLogger(name, new PrintStream(written, true, UTF_8), environment);
  }

  @Test
  void startsWithThePriorityUnderSystemd() {
    StderrLogger logger = logger("org.cloudmdirsync.app.Daemon", Map.of("JOURNAL_STREAM", "8:1"));
    logger.log(Level.WARNING, "ann@example.com: sign-in needed");
    assertThat(written.toString(UTF_8)).isEqualTo("<4>ann@example.com: sign-in needed\n");
  }

  @Test
  void startsWithTheTimeElsewhere() {
    logger("org.cloudmdirsync.app.Daemon", Map.of()).log(Level.INFO, "stopped");
    assertThat(written.toString(UTF_8))
        .matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d stopped\n");
  }

  @Test
  void keepsAProvidersTextOnOneLineAndOffTheTerminal() {
    logger("org.cloudmdirsync.app.Daemon", Map.of()).log(Level.INFO, "AADSTS1\r\nTrace\u001b[31m");
    assertThat(written.toString(UTF_8)).endsWith(" AADSTS1  Trace [31m\n").hasLineCount(1);
  }

  @Test
  void isSilentAboutWhatALibraryMerelyDid() {
    StderrLogger library = logger("jdk.internal.httpclient.debug", Map.of("CMS_DEBUG", "1"));
    library.log(Level.INFO, "connected");
    assertThat(written.toString(UTF_8)).isEmpty();
    library.log(Level.WARNING, "odd");
    assertThat(written.toString(UTF_8)).contains("warning: odd");
  }

  @Test
  void showsDebugAndTracesOnlyWhenAsked() {
    Exception failure = new IllegalStateException("why");
    logger("org.cloudmdirsync.web.Site", Map.of()).log(Level.WARNING, "failed", failure);
    assertThat(written.toString(UTF_8)).doesNotContain("IllegalStateException");
    logger("org.cloudmdirsync.web.Site", Map.of("CMS_DEBUG", "1"))
        .log(Level.DEBUG, "failed", failure);
    assertThat(written.toString(UTF_8)).contains("IllegalStateException: why");
  }
}
