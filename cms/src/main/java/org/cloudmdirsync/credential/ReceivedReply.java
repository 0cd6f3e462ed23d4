package org.cloudmdirsync.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a client makes of the bytes that some daemon, ours or the original, sent. */
public sealed interface ReceivedReply {

  /** A credential, or a refusal that says why. */
  record Understood(CredentialReply reply) implements ReceivedReply {}

  /** Zero bytes: all that the original says on any failure. */
  record Nothing() implements ReceivedReply {}

  /** Something else: an answer cut short, or no credential daemon at all. */
  record Garbled() implements ReceivedReply {}

  /** Reads a whole reply. */
  static ReceivedReply decode(byte[] bytes) {
    if (bytes.length == 0) {
      return new Nothing();
    }
    String text = new String(bytes, UTF_8);
    return CredentialText.decode(text)
        .map(CredentialReply.class::cast)
        .or(() -> RefusalText.decode(text))
        .<ReceivedReply>map(Understood::new)
        .orElseGet(Garbled::new);
  }
}
