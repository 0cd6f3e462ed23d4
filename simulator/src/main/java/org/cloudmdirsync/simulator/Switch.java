package org.cloudmdirsync.simulator;

import java.util.Arrays;
import java.util.Optional;

/**
 * Everything about the pretend cloud that can be set while it runs.
 *
 * <p>The type of the standing value is the type of every value: Boolean, Integer or String.
 */
public enum Switch {
  AUTO_APPROVE("auto-approve", false),
  TOKEN_LIFE("token-life", 3600),
  TOKEN_SIZE("token-size", 0),
  ROTATION("rotation", "flavour"),
  CODE_LIFE("code-life", 600),
  ORIGIN("origin", "ignore"),
  CLIENT_SECRET("client-secret", "flavour"),
  REQUIRE_PKCE("require-pkce", true),
  REQUIRE_REGISTERED("require-registered", false),
  CALLBACK_STATE("callback-state", "right"),
  CALLBACK_ISSUER("callback-issuer", "flavour"),
  CALLBACK_ERROR("callback-error", ""),
  DEVICE_POLLS("device-polls", -1),
  DEVICE_PKCE("device-pkce", false),
  CERTIFICATE_HTTPS("certificate-https", "good"),
  CERTIFICATE_MAIL("certificate-mail", "good"),
  SMTP_CHALLENGE_SPACE("smtp-challenge-space", true),
  SMTP_INITIAL_RESPONSE("smtp-initial-response", "accept"),
  SMTP_COMMAND_LIMIT("smtp-command-limit", 0),
  SMTP_LINE_LIMIT("smtp-line-limit", 12288),
  SMTP_OWN_SENDER("smtp-own-sender", false),
  IMAP_INITIAL_RESPONSE("imap-initial-response", "accept"),
  IMAP_LINE_LIMIT("imap-line-limit", 0),
  IMAP_NOT_CONNECTED("imap-not-connected", false);

  private final String key;

  @SuppressWarnings("ImmutableEnumChecker") // Boolean, Integer and String are immutable
  private final Object standing;

  Switch(String key, Object standing) {
    this.key = key;
    this.standing = standing;
  }

  /** The name in the admin interface. */
  public String key() {
    return key;
  }

  /** The value at start. */
  public Object standing() {
    return standing;
  }

  static Optional<Switch> named(String key) {
    return Arrays.stream(values()).filter(s -> s.key.equals(key)).findFirst();
  }
}
