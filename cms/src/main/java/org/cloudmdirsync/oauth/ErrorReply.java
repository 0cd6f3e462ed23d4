package org.cloudmdirsync.oauth;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cloudmdirsync.http.Json;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;

/**
 * An OAuth error (RFC 6749 section 5.2) and what we make of it.
 *
 * @param remedy who can help; empty when it passes by itself
 * @param error the {@code error} member, fit to be shown
 * @param description the provider's words, then ours, on one line
 */
record ErrorReply(Optional<Remedy> remedy, String error, String description) {
  private static final Pattern AADSTS = Pattern.compile("AADSTS([0-9]{4,9})");

  /** An answer of something else than a token endpoint. */
  static Optional<ErrorReply> of(Json answer, Wording wording) {
    return of(answer, wording, "");
  }

  /** Reads an answer's members; empty when there is no {@code error} in it that is a string. */
  static Optional<ErrorReply> of(Json answer, Wording wording, String grant) {
    return answer
        .text("error")
        .map(error -> {
          String description = answer.text("error_description").orElse("");
          List<String> codes =
              Stream.of(
                      answer.texts("error_codes").stream(),
                      answer.text("suberror").stream(),
                      answer.text("error_subtype").stream(),
                      numbers(description))
                  .flatMap(each -> each)
                  .toList();
          return of(error, codes, description, wording, grant);
        });
  }

  /** For an authorization response, which has no codes but those in the words. */
  static ErrorReply of(String error, String description, Wording wording) {
    return of(error, numbers(description).toList(), description, wording, "");
  }

  /**
   * A number says more than the error member, which says more than nothing. An error that nobody
   * told us of is put before whoever writes the configuration: to sign in again might not help and
   * to ask again would not.
   */
  private static ErrorReply of(
      String error, List<String> codes, String description, Wording wording, String grant) {
    Optional<ErrorTable.Entry> entry =
        ErrorTable.code(codes)
            .or(() -> ErrorTable.error(error + "@" + grant))
            .or(() -> ErrorTable.error(error));
    String words = entry.map(ErrorTable.Entry::words).orElse("an error unknown to this program");
    String theirs = wording.tidy(description.isEmpty() ? error : description);
    return new ErrorReply(
        entry.map(ErrorTable.Entry::remedy).orElse(Optional.of(Remedy.CONFIGURATION)),
        wording.tidy(error),
        theirs + " — " + words);
  }

  private static Stream<String> numbers(String description) {
    return AADSTS.matcher(description).results().map(match -> match.group(1));
  }
}
