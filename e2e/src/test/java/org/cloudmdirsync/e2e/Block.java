package org.cloudmdirsync.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced or indented block of a Markdown document.
 *
 * @param place the document and the line on which it begins
 * @param language what stands after the fence; empty without it
 * @param remark the HTML comment right before it, without its marks; empty without one
 * @param text without indentation
 */
record Block(String place, String language, String remark, String text) {
  // A remark; then a fence up to its like, or lines indented by four after an empty one.
  private static final Pattern BLOCK =
      Pattern.compile(
          """
          (?m)(?:^ *<!-- (?<remark>.*) -->\\n+)?\
          (?:^(?<indent> *)```(?<language>.*)\\n(?<fenced>(?:.*\\n)*?) *```$\
          |(?<=\\n\\n)(?<indented>(?:(?: {4}.*)?\\n)* {4}.*$))\
          """);

  static List<Block> in(String document, String markdown) {
    List<Block> blocks = new ArrayList<>();
    Matcher found = BLOCK.matcher(markdown);
    while (found.find()) {
      String fenced = found.group("fenced");
      long line = markdown.substring(0, found.start()).lines().count() + 1;
      blocks.add(
          new Block(
              document + ":" + line,
              orEmpty(found.group("language")),
              orEmpty(found.group("remark")),
              (fenced == null ? found.group("indented") : fenced).stripTrailing().stripIndent()
                  + "\n"));
    }
    return blocks;
  }

  private static String orEmpty(String group) {
    return group == null ? "" : group;
  }

  /** With a placeholder filled in. */
  String with(String placeholder, Object value) {
    return text.replace(placeholder, value.toString());
  }
}
