package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What people copy from README and docs/ has been run: a block of Python by DocumentsTest, a block
 * that is part of an example by the example's test, any other by the test that the comment before
 * it names, or the comment says why it is not run.
 */
class DocumentsIT {
  private static final Pattern RUN = Pattern.compile("run by (\\w+)");
  private static final Pattern NOT_RUN = Pattern.compile("shown only: .+|needs a real account.*");
  private static final String HERE = "e2e/src/test/java/org/cloudmdirsync/e2e/";

  private final List<String> examples =
      Documents.files("examples").map(Documents::example).toList();
  private final List<String> tests = Documents.files(HERE).toList();

  @Test
  void everyBlockIsRunOrSaysWhyNot() {
    assertThat(
            Documents.names().stream()
                .flatMap(document -> unaccounted(document))
                .map(block -> block.place() + ": " + block.text().lines().findFirst().orElse("")))
        .as(
            "put <!-- run by SomeIT -->, <!-- shown only: why --> or <!-- needs a real account -->"
                + " before these")
        .isEmpty();
  }

  private Stream<Block> unaccounted(String document) {
    return Documents.blocks(document).stream().filter(block -> !accounted(document, block));
  }

  private boolean accounted(String document, Block block) {
    Matcher run = RUN.matcher(block.remark());
    if (run.matches()) {
      return reads(run.group(1), document);
    }
    return NOT_RUN.matcher(block.remark()).matches()
        || block.language().equals("Python")
        || examples.stream().anyMatch(example -> example.contains(block.text()));
  }

  /** A test, or the program it starts, has the document's name in it. */
  private boolean reads(String test, String document) {
    String program = test.replaceFirst("IT$", "");
    return tests.stream()
        .filter(file -> file.equals(test + ".java") || file.equals(program + ".java"))
        .anyMatch(file -> Documents.text(HERE + file).contains('"' + document + '"'));
  }
}
