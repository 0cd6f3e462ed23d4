package org.cloudmdirsync.command;

import java.util.Optional;
import org.cloudmdirsync.http.Json;
import org.cloudmdirsync.secret.Fernet;
import org.cloudmdirsync.secret.Secret;

/**
 * What another program kept a refresh token in: mutt_oauth2.py and sasl-xoauth2 a JSON object,
 * email-oauth2-proxy sections of settings, and anybody at all a line of its own.
 */
sealed interface TokenFile {
  /**
   * Fernet, which email-oauth2-proxy encrypts with, begins with its version and a time before 2106.
   */
  String FERNET = "gAAAA";

  /**
   * A refresh token.
   *
   * @param user whose it is, if that is said
   * @param clientId to which client it was issued, if that is said
   */
  record Found(Secret refreshToken, Optional<String> user, Optional<String> clientId)
      implements TokenFile {}

  /**
   * A refresh token, encrypted with a password.
   *
   * @param user whose it is
   */
  record Locked(Fernet sealed, String user, Optional<String> clientId) implements TokenFile {
    /** The token, if this is the password. */
    TokenFile unlocked(Secret password) {
      return sealed
          .open(password)
          .filter(Secret::isToken)
          .<TokenFile>map(token -> new Found(token, Optional.of(user), clientId))
          .orElseGet(() -> new Unusable("this password does not open it"));
    }
  }

  /** None that we can use. */
  record Unusable(String reason) implements TokenFile {}

  /**
   * Reads one, in whichever form it comes.
   *
   * @param content as it is, byte for character
   * @param user whose token is looked for where there are several
   */
  static TokenFile read(String content, String user) {
    String text = content.strip();
    if (text.isEmpty()) {
      return new Unusable("it is empty");
    }
    if (text.startsWith("{")) {
      return Json.object(text)
          .map(TokenFile::object)
          .orElseGet(() -> new Unusable("it begins like JSON, but is damaged"));
    }
    if (encrypted(text)) {
      return new Unusable(
          "it is encrypted, as mutt_oauth2.py leaves it; give its content instead: gpg -d FILE |"
              + " cloud-mdir-sync import "
              + user);
    }
    if (text.lines().anyMatch(line -> line.strip().matches("\\[[^\\]]+]"))) {
      return settings(text, user);
    }
    return bare(text)
        .<TokenFile>map(token -> new Found(token, Optional.empty(), Optional.empty()))
        .orElseGet(() ->
            new Unusable(
                "it is neither a refresh token on a line of its own nor a file of mutt_oauth2.py,"
                    + " sasl-xoauth2 or email-oauth2-proxy"));
  }

  /** OpenPGP: armoured, or beginning with a packet for a key or a passphrase (RFC 9580). */
  private static boolean encrypted(String text) {
    char first = text.charAt(0);
    return text.startsWith("-----BEGIN PGP MESSAGE")
        || first == '\u0084'
        || first == '\u0085'
        || first == '\u008c'
        || first == '\u00c1'
        || first == '\u00c3';
  }

  private static TokenFile object(Json json) {
    Optional<Secret> token = json.text("refresh_token").flatMap(TokenFile::bare);
    return token.isPresent()
        ? new Found(
            token.get(), json.text("email").or(() -> json.text("user")), json.text("client_id"))
        : new Unusable("it has no \"refresh_token\"; the other program has not signed in yet");
  }

  private static TokenFile settings(String text, String user) {
    Optional<String> section = section(text, user);
    if (section.isEmpty()) {
      return new Unusable("it has no section [" + user + "]");
    }
    Optional<String> token = setting(section.get(), "refresh_token");
    if (token.isEmpty()) {
      return new Unusable(
          "its section [%s] has no refresh_token; email-oauth2-proxy has not signed in yet, or keeps it elsewhere (--cache-store)"
              .formatted(user));
    }
    if (token.get().startsWith(FERNET)) {
      return locked(token.get(), section.get(), user);
    }
    return bare(token.get())
        .<TokenFile>map(
            found -> new Found(found, Optional.of(user), setting(section.get(), "client_id")))
        .orElseGet(() -> new Unusable("its refresh_token is damaged"));
  }

  private static TokenFile locked(String token, String section, String user) {
    Optional<String> salt = setting(section, "token_salt");
    Optional<Integer> iterations =
        setting(section, "token_iterations")
            .filter(digits -> digits.matches("[1-9][0-9]{0,6}"))
            .map(Integer::valueOf);
    return salt.isPresent() && iterations.isPresent()
        ? new Locked(
            new Fernet(token, salt.get(), iterations.get()), user, setting(section, "client_id"))
        : new Unusable(
            "its token is encrypted, and token_salt and token_iterations are missing beside it");
  }

  /** The lines between this heading and the next. */
  private static Optional<String> section(String text, String name) {
    String lines = "\n" + text.replace("\r", "") + "\n";
    int start = lines.indexOf("\n[" + name + "]\n");
    if (start < 0) {
      return Optional.empty();
    }
    int body = start + name.length() + 3;
    int end = lines.indexOf("\n[", body);
    return Optional.of(lines.substring(body, end < 0 ? lines.length() : end));
  }

  private static Optional<String> setting(String section, String name) {
    return section
        .lines()
        .filter(line -> line.matches("(?i)" + name + "\\s*[=:].*"))
        .map(line -> line.substring(name.length()).strip().substring(1).strip())
        .filter(value -> !value.isEmpty())
        .findFirst();
  }

  private static Optional<Secret> bare(String text) {
    return Optional.of(text)
        .filter(some -> !some.isEmpty())
        .map(Secret::of)
        .filter(Secret::isToken);
  }
}
