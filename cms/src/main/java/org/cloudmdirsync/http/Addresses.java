package org.cloudmdirsync.http;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which addresses may be asked: https anywhere, http on loopback. */
public final class Addresses {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[(0:){7}1]");

  private Addresses() {}

  /** Whether secrets may be sent there. */
  public static boolean allowed(URI uri) {
    return objection(uri).isEmpty();
  }

  /** Why not, in words for a person; empty when it may be. */
  static Optional<String> objection(URI uri) {
    String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (uri.getHost() == null) {
      return Optional.of("not asked: " + uri + " names no host");
    }
    if (scheme.equals("https") || (scheme.equals("http") && loopback(uri))) {
      return Optional.empty();
    }
    return Optional.of(
        "not asked: "
            + scheme
            + "://"
            + uri.getHost()
            + " is not https, and secrets go nowhere else");
  }

  static boolean secure(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** RFC 9110 section 4.2: 443 or 80 when not told. */
  static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return secure(uri) ? 443 : 80;
  }

  /** By its name alone: a resolver's answer could differ the next time. */
  static boolean loopback(URI uri) {
    return Optional.ofNullable(uri.getHost())
        .filter(host -> LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches())
        .isPresent();
  }
}
