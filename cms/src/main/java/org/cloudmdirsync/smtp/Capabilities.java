package org.cloudmdirsync.smtp;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.sasl.Mechanism;

/**
 * What a server offers in its answer to EHLO (RFC 5321 section 4.1.1.1): keywords in upper case,
 * each with its parameters.
 */
record Capabilities(Map<String, Set<String>> keywords) {

  static Capabilities none() {
    return new Capabilities(Map.of());
  }

  static Capabilities of(SmtpReply ehlo) {
    Map<String, Set<String>> keywords = new HashMap<>();
    // The first line greets.
    for (String line : ehlo.lines().subList(1, ehlo.lines().size())) {
      // "AUTH=LOGIN" is an older spelling that some servers still add.
      List<String> words =
          List.of(line.toUpperCase(Locale.ROOT).replaceFirst("^AUTH=", "AUTH ").split("\\s+"));
      keywords
          .computeIfAbsent(words.getFirst(), _ -> new HashSet<>())
          .addAll(words.subList(1, words.size()));
    }
    return new Capabilities(keywords);
  }

  boolean offers(String keyword) {
    return keywords.containsKey(keyword);
  }

  /** Every way to sign in that is offered. */
  Set<String> mechanisms() {
    return keywords.getOrDefault("AUTH", Set.of());
  }

  /** The mechanism for tokens: XOAUTH2 where both are offered, for more servers have tried it. */
  Optional<Mechanism> mechanism() {
    Set<String> offered = mechanisms();
    if (offered.contains("XOAUTH2")) {
      return Optional.of(Mechanism.XOAUTH2);
    }
    return offered.contains("OAUTHBEARER") ? Optional.of(Mechanism.OAUTHBEARER) : Optional.empty();
  }

  /** The largest message in bytes, where the server says (RFC 1870); zero means no limit. */
  Optional<Long> size() {
    return keywords.getOrDefault("SIZE", Set.of()).stream()
        .filter(digits -> digits.matches("[0-9]{1,18}"))
        .map(Long::valueOf)
        .filter(bytes -> bytes > 0)
        .findFirst();
  }
}
