package org.cloudmdirsync.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;

/**
 * One request on the credential socket: {@code PROTO[,OPTIONS] SP USER}.
 *
 * @param protocol such as {@code SMTP}; case-sensitive
 * @param options what stood after the comma; {@code v=1} asks for typed refusals, anything else is
 *     passed over
 * @param user an address, case-sensitive
 */
public record CredentialRequest(String protocol, List<String> options, String user) {

  /** The option of a client that understands {@code error=} replies. */
  public static final String TYPED = "v=1";

  /** Whether the client understands a refusal that says why. */
  public boolean typed() {
    return options.contains(TYPED);
  }

  /** The bytes a client sends. */
  public byte[] encode() {
    String words = options.isEmpty() ? protocol : protocol + "," + String.join(",", options);
    return (words + " " + user).getBytes(UTF_8);
  }

  /**
   * Reads a request; whatever follows the user is ignored, as the original does.
   *
   * @param bytes what arrived, without the newline that ended it
   * @param cut whether the client sent more than these bytes
   * @return empty if this is not a request
   */
  static Optional<CredentialRequest> parse(byte[] bytes, boolean cut) {
    return RequestText.decode(bytes, cut).flatMap(text -> new RequestText(text, cut).request());
  }
}
