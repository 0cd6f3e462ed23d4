package org.cloudmdirsync.smtp;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who sends and who receives (RFC 5321 section 2.3.1), without angle brackets.
 *
 * @param from may be empty: a notification (section 4.5.5)
 * @param to at least one
 */
public record Envelope(String from, List<String> to) {
  /** Whatever could end the address or the command early. */
  private static final Pattern DANGEROUS = Pattern.compile("[\\p{Cntrl}<> ]");

  public Envelope {
    to = List.copyOf(to);
    if (to.isEmpty() || to.contains("")) {
      throw new IllegalArgumentException("a recipient is missing");
    }
    Stream.concat(Stream.of(from), to.stream())
        .filter(address -> DANGEROUS.matcher(address).find())
        .findFirst()
        .ifPresent(address -> {
          throw new IllegalArgumentException("this is not an address: " + address);
        });
  }

  /** Whether an address needs SMTPUTF8 (RFC 6531). */
  boolean isInternational() {
    return Stream.concat(Stream.of(from), to.stream())
        .anyMatch(address -> address.chars().anyMatch(c -> c > 0x7e));
  }
}
