package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** {@code docs/doors.md} says what the tests do. */
class DoorsIT {
  private static final Path PAGE =
      Path.of(Objects.requireNonNull(System.getProperty("cms.top")), "docs/doors.md");

  @Test
  void theCommittedPageIsOurs() throws Exception {
    String page = Door.page();
    if (Boolean.getBoolean("doors.write")) {
      Files.writeString(PAGE, page);
    }
    assertThat(withoutVersions(Files.readString(PAGE)))
        .as("./check doors writes it")
        .isEqualTo(withoutVersions(page));
  }

  @Test
  void everyDoorHasATest() {
    Door.ALL.stream()
        .map(Door::test)
        .forEach(name ->
            assertThatCode(() -> Class.forName(getClass().getPackageName() + "." + name))
                .doesNotThrowAnyException());
  }

  /** The second column changes with the machine. */
  private static String withoutVersions(String page) {
    return page.replaceAll("(?m)^(\\|[^|]*\\|)[^|]*\\|", "$1|");
  }
}
