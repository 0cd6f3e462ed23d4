package org.cloudmdirsync.doctor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cloudmdirsync.secret.Removal;
import org.cloudmdirsync.secret.Secret;

/**
 * A report that may be pasted where everybody reads it.
 *
 * @param version of this program, with commit and Java
 * @param configuration as it is understood, or what is wrong with it
 * @param secrets everything secret that is known; what is not is guessed
 */
public record Bundle(
    String version,
    String configuration,
    List<Step> steps,
    Map<String, String> environment,
    Collection<Secret> secrets) {
  /** What decides how things go; nothing else of the environment is anybody's business. */
  private static final List<String> VARIABLES =
      List.of(
          "HTTPS_PROXY",
          "https_proxy",
          "ALL_PROXY",
          "all_proxy",
          "NO_PROXY",
          "no_proxy",
          "SSL_CERT_FILE",
          "SSL_CERT_DIR",
          "XDG_CONFIG_HOME",
          "XDG_STATE_HOME",
          "XDG_RUNTIME_DIR",
          "CMS_SOCK",
          "CMS_DEBUG",
          "CREDENTIALS_DIRECTORY",
          "LANG",
          "LC_ALL",
          "DISPLAY",
          "WAYLAND_DISPLAY",
          "SSH_CONNECTION",
          "JOURNAL_STREAM");

  /** The name that a unit of ours has. */
  private static final String UNIT = "cloud-mdir-sync";

  /** All that stands between a scheme, if there is one, and the host. */
  private static final Pattern LOGIN =
      Pattern.compile(
          "^(\\s*(?:[a-z][a-z0-9+.-]*://)?).*@", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final String LINES = "200";
  private static final long PATIENCE_SECONDS = 10;

  /** The whole report; every part that somebody else had a say in is made public in one way. */
  public String text() {
    return """
    cloud-mdir-sync doctor: a report that is meant to be shown to others.
    Addresses are replaced by user1@example.invalid and so on; look at it before you publish it.

    == Versions
    %s
    %s

    %s\
    """
        .formatted(version, system(), new PublicText(allSecrets()).of(said()));
  }

  private String said() {
    return section("Environment", variables())
        + section("Configuration", configuration)
        + section("Findings", findings())
        + section("Log", log());
  }

  private static String section(String title, String text) {
    return "== " + title + "\n" + text.strip() + "\n\n";
  }

  private static String system() {
    return "%s %s %s"
        .formatted(
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch"));
  }

  private String variables() {
    Map<String, String> shown = new TreeMap<>();
    for (String name : VARIABLES) {
      Optional.ofNullable(environment.get(name)).ifPresent(value -> shown.put(name, value));
    }
    shown.replaceAll((name, value) -> isProxy(name) ? withoutLogin(value) : value);
    // Who connected from where says who asks; that somebody did is enough.
    shown.computeIfPresent("SSH_CONNECTION", (_, _) -> "set");
    return shown.isEmpty()
        ? "nothing of interest"
        : String.join(
            "\n", shown.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList());
  }

  private static boolean isProxy(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith("_proxy");
  }

  /** The scheme may be left out, and a password may hold anything, an @ too. */
  private static String withoutLogin(String proxy) {
    return LOGIN.matcher(proxy).replaceFirst("$1" + Removal.MARK + "@");
  }

  private String findings() {
    Findings plain = new Findings(/* colours= */ false);
    return String.join("\n", steps.stream().map(plain::line).toList())
        + "\n\n"
        + plain.explanations(steps).strip();
  }

  /** What systemd kept of a daemon of this user, else of one of the machine's. */
  private static String log() {
    return Stream.of(
            List.of("journalctl", "--user", "--unit=" + UNIT),
            List.of("journalctl", "--unit=" + UNIT))
        .map(Bundle::log)
        .flatMap(Optional::stream)
        .findFirst()
        .orElse("none: this machine keeps none, or another user's");
  }

  private static Optional<String> log(List<String> journal) {
    List<String> command = new ArrayList<>(journal);
    command.addAll(List.of("--lines=" + LINES, "--no-pager", "--quiet", "--output=short-iso"));
    return Command.run(command, PATIENCE_SECONDS)
        .filter(ended -> ended.status() == 0)
        .map(ended -> ended.out().strip())
        .filter(text -> !text.isEmpty());
  }

  private List<Secret> allSecrets() {
    List<Secret> all = new ArrayList<>(secrets);
    environment.forEach((name, value) -> {
      if (!value.isEmpty() && name.matches("(?i).*(TOKEN|SECRET|PASS|CREDENTIAL_|_KEY).*")) {
        all.add(Secret.of(value));
      }
    });
    return all;
  }
}
