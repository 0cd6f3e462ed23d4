package org.cloudmdirsync.oauth;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;

/**
 * What an error means that stands somewhere in a text: a log, a web page, a refusal passed on.
 *
 * @param remedy who can help; empty when it passes by itself
 * @param cause what is wrong
 * @param action what to do; empty when nothing need be done
 */
public record ErrorMeaning(Optional<Remedy> remedy, String cause, Optional<String> action) {
  private static final Pattern AADSTS = Pattern.compile("AADSTS([0-9]{4,9})");

  /** In a table's words, what is before the first is the cause. */
  private static final String COLON = ": ";

  /** The first of Microsoft's numbers in the text that we know. */
  public static Optional<ErrorMeaning> numberIn(String text) {
    List<String> numbers =
        AADSTS.matcher(text).results().map((MatchResult number) -> number.group(1)).toList();
    return ErrorTable.code(numbers).map(ErrorMeaning::of);
  }

  /** An {@code error} member, such as {@code invalid_grant}. */
  public static Optional<ErrorMeaning> named(String error) {
    return ErrorTable.error(error).map(ErrorMeaning::of);
  }

  private static ErrorMeaning of(ErrorTable.Entry entry) {
    String words = entry.words();
    int colon = words.indexOf(COLON);
    return colon < 0
        ? new ErrorMeaning(entry.remedy(), words, Optional.empty())
        : new ErrorMeaning(
            entry.remedy(),
            words.substring(0, colon),
            Optional.of(words.substring(colon + COLON.length())));
  }
}
