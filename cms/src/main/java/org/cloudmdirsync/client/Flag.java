package org.cloudmdirsync.client;

import java.util.Arrays;
import java.util.List;

/**
 * The options of {@code cms-oauth}, spelled as in the original.
 *
 * <p>Any option may also be written with hyphens for underscores or the other way round, and cut
 * short as long as only one option begins like that.
 */
enum Flag {
  HELP("help", false),
  VERSION("version", false),
  PROTO("proto", true),
  USER("user", true),
  CMS_SOCK("cms_sock", true),
  OUTPUT("output", true),
  NO_NEWLINE("no_newline", false),
  TEST_SMTP("test-smtp", true),
  TEST_IMAP("test-imap", true);

  private final String spelling;
  private final boolean takesValue;

  Flag(String spelling, boolean takesValue) {
    this.spelling = spelling;
    this.takesValue = takesValue;
  }

  /** As the original spells it, dashes in front. */
  String spelling() {
    return "--" + spelling;
  }

  boolean takesValue() {
    return takesValue;
  }

  /** The options meant by a name without its dashes; more than one if it is ambiguous. */
  static List<Flag> named(String name) {
    String hyphened = name.replace('_', '-');
    List<Flag> candidates =
        Arrays.stream(values()).filter(flag -> flag.hyphened().startsWith(hyphened)).toList();
    List<Flag> exact =
        candidates.stream().filter(flag -> flag.hyphened().equals(hyphened)).toList();
    return exact.isEmpty() ? candidates : exact;
  }

  private String hyphened() {
    return spelling.replace('_', '-');
  }
}
