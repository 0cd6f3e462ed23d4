package org.cloudmdirsync.client;

import java.util.Optional;
import org.cloudmdirsync.credential.CredentialReply.Credential;
import org.cloudmdirsync.secret.Secret;

/**
 * A credential as git describes it to a helper: lines of {@code KEY=VALUE} up to an empty one, of
 * which the last of a key counts. What we have no use for is passed over.
 */
record GitDescription(
    Optional<String> protocol, Optional<String> username, Optional<Secret> password) {
  /** In bytes; tokens take a few thousand of them. */
  static final int LONGEST = 1 << 20;

  static GitDescription parse(String text) {
    GitDescription description =
        new GitDescription(Optional.empty(), Optional.empty(), Optional.empty());
    int start = 0;
    for (int end = text.indexOf('\n'); end > start; end = text.indexOf('\n', start)) {
      description = description.with(text.substring(start, end));
      start = end + 1;
    }
    return description;
  }

  private GitDescription with(String line) {
    int equals = line.indexOf('=');
    String key = equals < 0 ? line : line.substring(0, equals);
    Optional<String> value =
        Optional.of(line.substring(equals + 1)).filter(text -> !text.isEmpty());
    return switch (key) {
      case "protocol" -> new GitDescription(value, username, password);
      case "username" -> new GitDescription(protocol, value, password);
      case "password" -> new GitDescription(protocol, username, value.map(Secret::of));
      default -> this;
    };
  }

  /** What the daemon calls the protocol; empty for those that it has no tokens for. */
  Optional<String> service() {
    return protocol.flatMap(name ->
        switch (name) {
          case "smtp", "smtps" -> Optional.of("SMTP");
          case "imap", "imaps" -> Optional.of("IMAP");
          default -> Optional.empty();
        });
  }

  /** The lines that answer {@code get}. */
  static String answer(Credential credential) {
    StringBuilder lines = new StringBuilder();
    lines.append("username=").append(credential.saslUser()).append('\n');
    lines.append("password=").append(credential.accessToken().expose()).append('\n');
    // git 2.40 and newer then knows when to ask again; older ones pass over it.
    credential
        .expires()
        .ifPresent(seconds -> lines.append("password_expiry_utc=").append(seconds).append('\n'));
    return lines.toString();
  }
}
