package org.cloudmdirsync.dialogue;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a mail server is and how its connection is secured.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port 1 to 65535
 */
public record Server(String host, int port, Encryption encryption) {

  /** When TLS begins; there is no third choice. */
  public enum Encryption {
    /** With the first byte (RFC 8314). */
    IMPLICIT,
    /** After the STARTTLS command (RFC 3207, RFC 3501 section 6.2.1). */
    STARTTLS
  }

  /** A host and perhaps a port, as people write them. */
  public record Place(String host, Optional<Integer> port) {
    /** A name or an IPv4 address; or an IPv6 address, perhaps with its zone. */
    private static final Pattern HOST =
        Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f.]*:[0-9A-Fa-f.:]+(%[A-Za-z0-9._-]+)?");

    /**
     * Reads {@code HOST}, {@code HOST:PORT}, {@code [IPv6]}, {@code [IPv6]:PORT} or a bare IPv6
     * address; empty for anything else.
     */
    public static Optional<Place> parse(String text) {
      int colon = text.lastIndexOf(':');
      if (text.startsWith("[")) {
        int bracket = text.indexOf(']');
        return bracket < 0 || !text.substring(1, bracket).contains(":")
            ? Optional.empty()
            : of(text.substring(1, bracket), text.substring(bracket + 1));
      }
      boolean bareIpv6 = text.indexOf(':') != colon;
      return colon < 0 || bareIpv6
          ? of(text, "")
          : of(text.substring(0, colon), text.substring(colon));
    }

    private static Optional<Place> of(String host, String colonPort) {
      if (!HOST.matcher(host).matches()) {
        return Optional.empty();
      }
      if (colonPort.isEmpty()) {
        return Optional.of(new Place(host, Optional.empty()));
      }
      if (!colonPort.matches(":[0-9]{1,5}")) {
        return Optional.empty();
      }
      int port = Integer.parseInt(colonPort.substring(1));
      return port < 1 || port > 65535
          ? Optional.empty()
          : Optional.of(new Place(host, Optional.of(port)));
    }
  }

  /** For people: it let this much time pass. */
  String silent(Duration patience) {
    return authority() + " did not answer within " + patience.toSeconds() + " s";
  }

  /** {@code host:port}, with brackets around an IPv6 address. */
  public String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
