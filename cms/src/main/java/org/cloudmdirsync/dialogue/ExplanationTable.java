package org.cloudmdirsync.dialogue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The parser of {@link Explanations}; its errors name the line. */
final class ExplanationTable {
  private static final Pattern FIELD = Pattern.compile("([a-z]+): *(.*)");
  private static final Set<String> NAMES = Set.of("match", "kind", "means", "do");

  /** A field's value, and the line on which it begins. */
  private record Field(int line, String value) {}

  private final String name;
  private final List<ExplanationRow> rows = new ArrayList<>();
  private final Map<String, Field> paragraph = new LinkedHashMap<>();
  private String last = "";

  ExplanationTable(String name) {
    this.name = name;
  }

  List<ExplanationRow> read(String table) {
    int line = 0;
    for (String text : table.lines().toList()) {
      line++;
      if (text.isBlank()) {
        endParagraph();
      } else if (!text.startsWith("#")) {
        add(line, text);
      }
    }
    endParagraph();
    return rows;
  }

  private void add(int line, String text) {
    if (Character.isWhitespace(text.charAt(0))) {
      continueField(line, text.strip());
      return;
    }
    Matcher field = FIELD.matcher(text);
    if (!field.matches() || !NAMES.contains(field.group(1))) {
      throw wrong(line, "a line begins with match:, kind:, means:, do:, # or a blank");
    }
    last = field.group(1);
    if (paragraph.put(last, new Field(line, field.group(2).strip())) != null) {
      throw wrong(line, "a second \"" + last + ":\"; an empty line ends a paragraph");
    }
  }

  private void continueField(int line, String more) {
    Field before = paragraph.get(last);
    if (before == null) {
      throw wrong(line, "a line that begins with a blank continues another, and there is none");
    }
    paragraph.put(last, new Field(before.line(), (before.value() + " " + more).strip()));
  }

  private void endParagraph() {
    if (!paragraph.isEmpty()) {
      rows.add(
          new ExplanationRow(
              match(), new Explanation(kind(), field("means").value(), field("do").value())));
      paragraph.clear();
    }
  }

  private Pattern match() {
    Field field = field("match");
    try {
      return Pattern.compile(field.value(), Pattern.CASE_INSENSITIVE);
    } catch (PatternSyntaxException e) {
      throw wrong(field.line(), "no regular expression: " + e.getDescription());
    }
  }

  private Explanation.Kind kind() {
    Field field = field("kind");
    return Stream.of(Explanation.Kind.values())
        .filter(kind -> word(kind).equals(field.value()))
        .findFirst()
        .orElseThrow(() ->
            wrong(
                field.line(),
                "there is no kind \"%s\", only %s"
                    .formatted(
                        field.value(),
                        Stream.of(Explanation.Kind.values())
                            .map(ExplanationTable::word)
                            .collect(Collectors.joining(", ")))));
  }

  private static String word(Explanation.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private Field field(String wanted) {
    Field field = paragraph.get(wanted);
    if (field == null || field.value().isEmpty()) {
      int line = paragraph.values().iterator().next().line();
      throw wrong(line, "no \"" + wanted + ":\" in the paragraph that begins here");
    }
    return field;
  }

  private IllegalArgumentException wrong(int line, String words) {
    return new IllegalArgumentException(name + ":" + line + ": " + words);
  }
}
