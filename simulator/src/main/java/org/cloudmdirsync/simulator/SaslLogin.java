package org.cloudmdirsync.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a client says in XOAUTH2 or OAUTHBEARER (RFC 7628 section 3.1). */
record SaslLogin(String user, String token) {

  /** Decodes; empty when the message is not of the mechanism's form. */
  static Optional<SaslLogin> parse(Mechanism mechanism, byte[] message) {
    String text = new String(message, StandardCharsets.UTF_8);
    return switch (mechanism) {
      case XOAUTH2 -> xoauth2(text);
      case OAUTHBEARER -> oauthBearer(text);
    };
  }

  /** Base64 as in RFC 4954 section 4, {@code =} standing for nothing; empty when it is none. */
  static Optional<byte[]> decode(String line) {
    try {
      return Optional.of(line.equals("=") ? new byte[0] : Base64.getDecoder().decode(line.trim()));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Optional<SaslLogin> xoauth2(String text) {
    String[] fields = text.split("\u0001", -1);
    boolean formed =
        fields.length == 4
            && fields[0].startsWith("user=")
            && fields[2].isEmpty()
            && fields[3].isEmpty();
    return formed ? login(fields[0].substring("user=".length()), fields[1]) : Optional.empty();
  }

  private static Optional<SaslLogin> oauthBearer(String text) {
    String[] fields = text.split("\u0001", -1);
    boolean formed =
        fields.length >= 4
            && fields[0].matches("[ny],(a=[^,]*)?,")
            && fields[fields.length - 1].isEmpty()
            && fields[fields.length - 2].isEmpty();
    if (!formed) {
      return Optional.empty();
    }
    String user =
        fields[0]
            .substring(fields[0].indexOf(',') + 1)
            .replaceFirst("^a=", "")
            .replaceFirst(",$", "");
    for (String field : fields) {
      if (field.startsWith("auth=")) {
        return login(user.replace("=2C", ",").replace("=3D", "="), field);
      }
    }
    return Optional.empty();
  }

  /** RFC 6750's scheme name is compared without case. */
  private static Optional<SaslLogin> login(String user, String auth) {
    String scheme = "auth=Bearer ";
    return auth.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.of(new SaslLogin(user, auth.substring(scheme.length())))
        : Optional.empty();
  }

  /** The two mechanisms. */
  enum Mechanism {
    XOAUTH2,
    OAUTHBEARER;

    static Optional<Mechanism> named(String word) {
      for (Mechanism mechanism : values()) {
        if (mechanism.name().equalsIgnoreCase(word)) {
          return Optional.of(mechanism);
        }
      }
      return Optional.empty();
    }
  }
}
