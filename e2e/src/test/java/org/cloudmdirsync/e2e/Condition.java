package org.cloudmdirsync.e2e;

/**
 * How things stand with a user's token, from a mail program's point of view. There is a user for
 * each, so that all of them hold at once.
 */
enum Condition {
  FINE("ann@example.com"),
  /** 4 KB, where some programs have their limit. */
  LONG_TOKEN("lea@example.com"),
  /** The daemon serves a token that the server does not accept. */
  REFUSED("rex@example.com"),
  SIGN_IN_NEEDED("sid@example.com"),
  /** No token is left, and the provider cannot be reached. */
  PROVIDER_DOWN("pia@example.com"),
  /** Nothing listens on the socket. */
  BROKER_DOWN("bea@example.com");

  private final String user;

  Condition(String user) {
    this.user = user;
  }

  String user() {
    return user;
  }
}
