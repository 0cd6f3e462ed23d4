package org.cloudmdirsync.event;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The notifications of the user's desktop ({@code org.freedesktop.Notifications}).
 *
 * <p>A few words a day are no reason for a D-Bus library in the program: systemd's {@code busctl}
 * says them, with arguments that no shell and no markup reads, or, where there is none, {@code
 * notify-send}, which cannot take them back.
 */
record Desktop(Map<String, String> environment) {
  private static final System.Logger LOG = System.getLogger(Desktop.class.getName());

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String NAME = "org.freedesktop.Notifications";
  private static final Pattern ID = Pattern.compile("u ([0-9]{1,10})");

  /** What to show; plain text. */
  record Notification(String summary, String body) {}

  /** Whether the user has a session bus. */
  boolean isThere() {
    return !environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "").isBlank()
        || Files.exists(
            Path.of(environment.getOrDefault("XDG_RUNTIME_DIR", "/nonexistent"), "bus"));
  }

  /**
   * Shows it, and waits until the desktop has taken it.
   *
   * @param before what it takes the place of; 0 for none
   * @return what to take back later; 0 where that is not known
   */
  long show(Notification notification, long before) {
    String body = escaped(notification.body());
    Optional<String> said =
        busctl(
            "Notify",
            "susssasa{sv}i",
            "cloud-mdir-sync",
            Long.toString(before),
            "dialog-password",
            notification.summary(),
            body,
            "0",
            "0",
            // In milliseconds; 0 keeps it until the person has seen it.
            "0");
    if (said.isEmpty()) {
      run("notify-send", "--app-name=cloud-mdir-sync", "--", notification.summary(), body);
      return 0;
    }
    Matcher matcher = ID.matcher(said.get());
    return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
  }

  /** Removes what is over. */
  void takeBack(long id) {
    if (id != 0) {
      busctl("CloseNotification", "u", Long.toString(id));
    }
  }

  private Optional<String> busctl(String... call) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "busctl",
                "--user",
                "--timeout=3",
                "call",
                NAME,
                "/" + NAME.replace('.', '/'),
                NAME));
    words.addAll(List.of(call));
    return run(words.toArray(String[]::new));
  }

  /** What a program said, if it succeeded. */
  private Optional<String> run(String... words) {
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectError(Redirect.DISCARD);
    builder.environment().clear();
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      boolean ended = process.waitFor(PATIENCE);
      if (!ended) {
        process.destroyForcibly();
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return ended && process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException notInstalled) {
      LOG.log(Level.DEBUG, "no notification: " + notInstalled.getMessage());
      return Optional.empty();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** The body may hold markup, which a provider's words must not be taken for. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
