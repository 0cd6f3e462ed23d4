package org.cloudmdirsync.sasl;

import org.cloudmdirsync.secret.Secret;

/** The OAUTHBEARER client message (RFC 7628 section 3.1), before base64. */
public final class OauthBearer {
  /** What a client answers to an error challenge, base64 of one separator (section 3.2.3). */
  public static final String ERROR_RESPONSE = "AQ==";

  private OauthBearer() {}

  /**
   * The message for one server. The server must check host and port, so they are what the
   * connection was made to.
   *
   * @throws IllegalArgumentException if user, host or token has a blank or control character in it
   */
  public static Secret message(String user, String host, int port, Secret token) {
    return BearerMessage.of(
        token, header(user), "host=" + BearerMessage.visible("host", host), "port=" + port);
  }

  /** The message for a server not known here; host and port may be left out (section 3.1). */
  public static Secret message(String user, Secret token) {
    return BearerMessage.of(token, header(user));
  }

  /** The GS2 header: no channel binding, and the user as authorization identity (RFC 5801). */
  private static String header(String user) {
    String name = BearerMessage.visible("user name", user);
    return "n,a=" + name.replace("=", "=3D").replace(",", "=2C") + ",";
  }
}
