package org.cloudmdirsync.sasl;

import org.cloudmdirsync.secret.Secret;

/** The SASL mechanisms that carry a bearer token. */
public enum Mechanism {
  /** Google's and Microsoft's; documented by both, registered by nobody. */
  XOAUTH2,
  /** RFC 7628. */
  OAUTHBEARER;

  /**
   * The client's message to a server, before base64.
   *
   * @throws IllegalArgumentException if user, host or token has a blank or control character in it
   */
  public Secret message(String user, String host, int port, Secret token) {
    return switch (this) {
      case XOAUTH2 -> Xoauth2.message(user, token);
      case OAUTHBEARER -> OauthBearer.message(user, host, port, token);
    };
  }

  /** The answer to an error challenge: Google wants an empty line, RFC 7628 a lone separator. */
  public String errorResponse() {
    return switch (this) {
      case XOAUTH2 -> "";
      case OAUTHBEARER -> OauthBearer.ERROR_RESPONSE;
    };
  }
}
