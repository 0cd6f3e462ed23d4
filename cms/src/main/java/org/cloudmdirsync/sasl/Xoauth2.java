package org.cloudmdirsync.sasl;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.cloudmdirsync.secret.Secret;

/** The XOAUTH2 client message, as Google and Microsoft document it, before base64. */
public final class Xoauth2 {
  /**
   * The longest message, in bytes, that exim and msmtp can send.
   *
   * <p>Both build the base64 line in 4,096 bytes: 4,094 characters and CRLF, so 3,069 bytes before
   * base64. One byte more and exim 4.96 freezes the mail until an administrator thaws it; msmtp
   * 1.8.23 gives up with exit status 65.
   */
  public static final int LONGEST_MESSAGE = 3069;

  /** {@code user=}, {@code auth=Bearer } and three separators. */
  private static final int FRAME = 20;

  private Xoauth2() {}

  /**
   * The message for this user and token.
   *
   * @throws IllegalArgumentException if either has a blank or control character in it
   */
  public static Secret message(String user, Secret token) {
    return BearerMessage.of(token, "user=" + BearerMessage.visible("user name", user));
  }

  /** Whether exim and msmtp can send the message for this user and token. */
  public static boolean fits(String user, Secret token) {
    return FRAME + user.getBytes(UTF_8).length + token.expose().length() <= LONGEST_MESSAGE;
  }
}
