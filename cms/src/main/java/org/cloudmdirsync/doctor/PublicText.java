package org.cloudmdirsync.doctor;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.cloudmdirsync.secret.Removal;
import org.cloudmdirsync.secret.Secret;

/**
 * Makes a text fit to be published: known secrets are taken out, then whatever looks like one,
 * whoever wrote it; addresses and home directories get numbers, the same one each time. Hosts,
 * GUIDs and error codes stay, since without them nobody can help.
 *
 * <p>It rather takes out too much: a text that says less can be asked about, a secret that was
 * published cannot be called back.
 */
final class PublicText {
  /** Each takes out its second group. */
  private static final List<Pattern> SECRETS =
      List.of(
          // user:password@ before a host
          pattern("(://)([^/\\s@]*)(?=@[^\\s@/]+)"),
          // headers that sign in
          pattern(
              "((?:authorization|proxy-authorization|cookie|set-cookie)[\"']?\\s*[:=]\\s*)(.+)"),
          pattern(
              "\\b((?:bearer|basic|xoauth2|oauthbearer|auth plain|auth login)\\s+)([^\\s\"']{6,})"),
          // parameters, JSON members and settings
          pattern(
              "((?:[\\w-]*(?:token|secret|passw(?:or)?d|passwd|passphrase|assertion|verifier|api_?key)"
                  + "|device_code|user_code|pwd|pass|nonce|state|session_state|client_info|sid|sig)"
                  + "[\\\\\"']*\\s*[=:]\\s*\\\\*)(\"[^\"]*\"|'[^']*'|[^\\s\"'&,;)}]+)"),
          pattern("([?&\"'\\s](?:code|state)[\"']?\\s*[=:]\\s*[\"']?)([^\\s\"'&,;)}]{8,})"),
          // what tokens of the great providers begin with, and a JWT
          pattern("()\\b(eyJ[\\w-]{5,}(?:\\.[\\w-]*){0,4})"),
          pattern("()\\b(ya29\\.[\\w.-]+)"),
          pattern("()\\b([14]//?0[\\w-]{6,})"),
          pattern("()\\b(GOCSPX-[\\w-]+)"),
          pattern("()\\b([01]\\.A[\\w.-]{10,})"),
          pattern("()\\b(M\\.[A-Z]\\d+_[\\w.!*$-]{6,})"),
          pattern("()\\b(Ew[A-Za-z0-9]{1,2}[A-Za-z0-9+/=]{20,})"),
          pattern("()([\\w.~-]{3}\\dQ~[\\w.~-]{20,})"),
          pattern("()(-----BEGIN [A-Z ]*PRIVATE KEY-----.*)"));

  /** Long runs that no word, GUID, path or cipher suite is made of. */
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_~+=%-]{20,}");

  /** Base64 with its slash, which in shorter runs would be found in paths. */
  private static final Pattern LONG_RUN = Pattern.compile("[A-Za-z0-9+/]{40,}={0,2}");

  private static final Pattern GUID =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

  private static final Pattern ADDRESS =
      Pattern.compile("[A-Za-z0-9._%+'-]+(?:@|%40)[A-Za-z0-9-]+(?:\\.[A-Za-z0-9-]+)*");

  private static final Pattern HOME = Pattern.compile("(/(?:home|Users)/)([^/\\s:\"']+)");

  private final Collection<Secret> known;
  private final Map<String, String> names = new LinkedHashMap<>();

  /** Knows of some secrets, and guesses the rest. */
  PublicText(Collection<Secret> known) {
    this.known = List.copyOf(known);
  }

  /** The text, to be published. */
  String of(String text) {
    String clean = Removal.from(text, known);
    for (Pattern secret : SECRETS) {
      clean = secret.matcher(clean).replaceAll("$1" + Removal.MARK);
    }
    clean = ADDRESS.matcher(clean).replaceAll(address -> person(address.group()));
    clean = LONG_RUN.matcher(clean).replaceAll(run -> isTokenLike(run) ? Removal.MARK : "$0");
    clean = RUN.matcher(clean).replaceAll(run -> isTokenLike(run) ? Removal.MARK : "$0");
    return HOME.matcher(clean).replaceAll("$1user");
  }

  private String person(String address) {
    String key = address.replace("%40", "@").toLowerCase(Locale.ROOT);
    if (key.endsWith("@example.invalid")) {
      return address;
    }
    return names.computeIfAbsent(key, _ -> "user" + (names.size() + 1) + "@example.invalid");
  }

  /** Random text has digits among its letters; words joined by dashes and underscores have few. */
  private static boolean isTokenLike(MatchResult run) {
    String text = run.group();
    long digits = text.chars().filter(Character::isDigit).count();
    boolean mixed =
        text.chars().anyMatch(Character::isUpperCase)
            && text.chars().anyMatch(Character::isLowerCase)
            && !text.matches("[A-Z]?[a-z]+([_-]?[A-Z][a-z]+)*");
    boolean letters = text.chars().anyMatch(Character::isLetter);
    boolean known = GUID.matcher(text).matches() || text.startsWith("TLS_");
    return !known && letters && (digits >= 3 || mixed);
  }

  private static Pattern pattern(String expression) {
    return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
  }
}
