package org.cloudmdirsync.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program on a terminal of its own, and somebody who reads and types. */
final class Terminal {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Control sequences, and operating system commands up to their end. */
  private static final Pattern CONTROLS =
      Pattern.compile(
          "\u001b\\[[0-9;?:<>=]*[ !]?[a-zA-Z]|\u001b\\][^\u001b\u0007]*(\u001b\\\\|\u0007)|\u001b[()].|\u001b[=>78]");

  private final Process process;
  private final StringBuilder said = new StringBuilder();

  private Terminal(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  static Terminal open(Map<String, String> environment, List<String> command) throws IOException {
    List<String> quoted = new ArrayList<>();
    command.forEach(word -> quoted.add("'" + word.replace("'", "'\\''") + "'"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Programs.installed("script"),
                "--quiet",
                "--flush",
                "--return",
                "--command",
                // A background job of a shell ignores SIGINT, and so would what the tests start in
                // one.
                "stty rows 30 columns 150; exec env --default-signal=INT "
                    + String.join(" ", quoted),
                "/dev/null")
            .redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new Terminal(builder.start());
  }

  private void listen() {
    byte[] buffer = new byte[8192];
    try (InputStream screen = process.getInputStream()) {
      for (int n = screen.read(buffer); n >= 0; n = screen.read(buffer)) {
        synchronized (said) {
          said.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
        }
      }
    } catch (IOException closed) {
      // The program is gone.
    }
  }

  /** Waits until this is on the screen, or the program has ended. */
  Terminal await(String regex) throws InterruptedException {
    try {
      Eventually.holds(regex, PATIENCE, () -> shows(regex) || !process.isAlive());
      return this;
    } catch (AssertionError late) {
      process.destroyForcibly().waitFor();
      throw new AssertionError(late.getMessage() + "; the screen: " + text(), late);
    }
  }

  /** Whether this was on the screen. */
  boolean shows(String regex) {
    return Pattern.compile(regex).matcher(text()).find();
  }

  /** What was on the screen where this matches: its first group, if it has one. */
  String found(String regex) {
    Matcher matcher = Pattern.compile(regex).matcher(text());
    if (!matcher.find()) {
      throw new AssertionError(regex + " is not on the screen: " + text());
    }
    return matcher.group(Math.min(1, matcher.groupCount()));
  }

  /** Presses keys, unless the program has ended. */
  Terminal type(String keys) {
    try {
      OutputStream keyboard = process.getOutputStream();
      keyboard.write(keys.getBytes(StandardCharsets.US_ASCII));
      keyboard.flush();
    } catch (IOException ended) {
      // Nobody reads any more.
    }
    return this;
  }

  /** Presses these keys over and over until the program ends. */
  Run leave(String keys) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
      type(keys);
      if (System.nanoTime() > deadline) {
        process.destroyForcibly().waitFor();
        throw new AssertionError("does not end: " + text());
      }
    }
    return new Run(process.exitValue(), text(), "");
  }

  /** Everything that was on the screen so far. */
  private String text() {
    synchronized (said) {
      return CONTROLS.matcher(said).replaceAll("");
    }
  }
}
