package org.cloudmdirsync.doctor;

import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.dialogue.Server.Encryption;

/** {@code HOST[:PORT]} of a mail server; the port says when TLS begins. */
public final class MailPlaces {
  private static final int SUBMISSION = 587;
  private static final int IMAPS = 993;

  /** TLS from the first byte, SMTP and IMAP (RFC 8314 section 3.3, 3.2). */
  private static final int SUBMISSIONS = 465;

  private static final Set<Integer> IMAP_STARTTLS = Set.of(143);

  private MailPlaces() {}

  /** STARTTLS, except on port 465; empty when the text is not of that form. */
  public static Optional<Server> smtp(String text) {
    return Server.Place.parse(text)
        .map(place -> {
          int port = place.port().orElse(SUBMISSION);
          return new Server(
              place.host(), port, port == SUBMISSIONS ? Encryption.IMPLICIT : Encryption.STARTTLS);
        });
  }

  /** TLS from the first byte, except on port 143; empty when the text is not of that form. */
  public static Optional<Server> imap(String text) {
    return Server.Place.parse(text)
        .map(place -> {
          int port = place.port().orElse(IMAPS);
          return new Server(
              place.host(),
              port,
              IMAP_STARTTLS.contains(port) ? Encryption.STARTTLS : Encryption.IMPLICIT);
        });
  }
}
