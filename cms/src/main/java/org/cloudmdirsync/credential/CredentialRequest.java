package org.cloudmdirsync.credential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.secret.Secret;

/**
 * One request on the credential socket: {@code PROTO[,OPTIONS] SP USER}.
 *
 * @param protocol such as {@code SMTP}; case-sensitive
 * @param options what stood after the comma; {@link #TYPED}, {@link #EXPIRY} and {@link #refusing}
 *     mean something, anything else is passed over
 * @param user an address, case-sensitive
 */
public record CredentialRequest(String protocol, List<String> options, String user) {

  /** The option of a client that understands {@code error=} replies. */
  public static final String TYPED = "v=1";

  /** The option of a client that understands {@code expires=} after the token. */
  public static final String EXPIRY = "expiry";

  private static final String REFUSED = "refused=";

  /**
   * The option of a client whose server refused this token; empty if the token ends in something
   * that cannot stand there.
   */
  public static Optional<String> refusing(Secret token) {
    String tail = token.tail();
    boolean fits = !tail.isEmpty() && tail.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ',');
    return fits ? Optional.of(REFUSED + tail) : Optional.empty();
  }

  /** Whether the client understands a refusal that says why. */
  public boolean typed() {
    return options.contains(TYPED);
  }

  /** Whether the client wants to know how long the token lives. */
  public boolean expiry() {
    return options.contains(EXPIRY);
  }

  /** The {@link Secret#tail} of the token that a server refused. */
  public Optional<String> refused() {
    return options.stream()
        .filter(option -> option.startsWith(REFUSED))
        .map(option -> option.substring(REFUSED.length()))
        .findFirst();
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
