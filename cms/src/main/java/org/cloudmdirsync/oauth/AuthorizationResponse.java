package org.cloudmdirsync.oauth;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.cloudmdirsync.secret.Secret;

/** What the browser brought back (RFC 6749 section 4.1.2), once held against the request. */
public sealed interface AuthorizationResponse {

  /** Consent was given. */
  record Code(Secret code) implements AuthorizationResponse {}

  /**
   * The user or the server said no.
   *
   * @param error such as {@code access_denied}
   * @param description the provider's own words, on one line, and ours
   */
  record Denied(String error, String description) implements AuthorizationResponse {}

  /**
   * Not the answer to this request: forged, damaged or from another server. Nothing is redeemed.
   */
  record Mismatch(String reason) implements AuthorizationResponse {}

  /** The parameters that must not come twice: which one would be meant? */
  List<String> SINGLE = List.of("state", "iss", "code", "error");

  /** The {@code state} of a callback, to find the request by; nothing else is believed yet. */
  static Optional<String> state(URI callback) {
    return QueryParameters.of(callback).single("state");
  }

  /**
   * Holds a callback against its request: the path (RFC 8252 section 8.10), the state, the issuer
   * (RFC 9207), then what it says. Parameters may come in any order, and unknown ones too.
   *
   * @param callback as requested from us; scheme and host may be left out
   */
  static AuthorizationResponse parse(AuthorizationRequest request, URI callback) {
    QueryParameters query = QueryParameters.of(callback);
    return Stream.of(
            wrongPath(request, callback),
            repeated(query),
            wrongState(request, query),
            wrongIssuer(request, query))
        .flatMap(Optional::stream)
        .findFirst()
        .<AuthorizationResponse>map(Mismatch::new)
        .orElseGet(() -> said(query));
  }

  private static AuthorizationResponse said(QueryParameters query) {
    Optional<String> error = query.single("error");
    Optional<String> code = query.single("code");
    if (error.isPresent() && code.isPresent()) {
      return new Mismatch("the response holds both a code and an error");
    }
    return error
        .map(word -> denied(word, query.single("error_description").orElse("")))
        .or(() -> code.map(Secret::of).map(Code::new))
        .orElseGet(() -> new Mismatch("the response holds neither a code nor an error"));
  }

  private static AuthorizationResponse denied(String error, String description) {
    ErrorReply reply = ErrorReply.of(error, description, new Wording(List.of()));
    return new Denied(reply.error(), reply.description());
  }

  private static Optional<String> wrongPath(AuthorizationRequest request, URI callback) {
    String expected = path(request.redirectUri());
    return path(callback).equals(expected)
        ? Optional.empty()
        : Optional.of("the response did not arrive at " + expected);
  }

  /** A redirect URI without a path comes back with a slash. */
  private static String path(URI uri) {
    return Optional.ofNullable(uri.getRawPath()).filter(path -> !path.isEmpty()).orElse("/");
  }

  private static Optional<String> repeated(QueryParameters query) {
    return SINGLE.stream()
        .filter(query::repeats)
        .findFirst()
        .map(name -> "the response holds several values of " + name);
  }

  private static Optional<String> wrongState(AuthorizationRequest request, QueryParameters query) {
    byte[] state = query.single("state").orElse("").getBytes(StandardCharsets.UTF_8);
    return MessageDigest.isEqual(state, request.state().getBytes(StandardCharsets.UTF_8))
        ? Optional.empty()
        : Optional.of("the response's state is not the request's");
  }

  private static Optional<String> wrongIssuer(AuthorizationRequest request, QueryParameters query) {
    Optional<String> actual = query.single("iss");
    if (actual.isEmpty()) {
      return request.issuerInResponse()
          ? Optional.of("the response does not say which server it comes from (iss)")
          : Optional.empty();
    }
    return request
        .issuer()
        .filter(expected -> !Issuer.matches(expected, actual.get()))
        .map(expected -> "the response comes from another server than " + expected + " (iss)");
  }
}
