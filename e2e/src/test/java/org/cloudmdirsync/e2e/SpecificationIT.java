package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Blocks of the specification that have no test elsewhere. Its cms.cfg, its test command, its exim
 * authenticator and its elisp have: AsDeliveredIT, EximIT, EmacsIT.
 */
class SpecificationIT {
  private static final String SPECIFICATION = "docs/outbound-mail-through-smtp.md";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "smtpserver, /usr/bin/msmtp",
    "from, User Name <user@domain.com>",
    "envelopeSender, User Name <user@domain.com>",
    "assume8bitEncoding, UTF-8",
    "transferEncoding, auto"
  })
  void gitReadsItsConfiguration(String key, String value) throws Exception {
    for (String document : List.of(SPECIFICATION, "docs/git.md")) {
      Path file = Files.writeString(directory.resolve("gitconfig"), gitconfig(document));
      Run run = git("config", "-f", file.toString(), "sendemail." + key);
      assertThat(run.out()).as(run.said()).isEqualTo(value + "\n");
    }
  }

  /** That git takes it, too, and hands its mail to the program named. */
  @ParameterizedTest
  @ValueSource(strings = {SPECIFICATION, "docs/git.md"})
  void gitSendsWithIt(String document) throws Exception {
    Path msmtp =
        Files.writeString(directory.resolve("msmtp"), "#!/bin/sh\necho \"$@\" >&2; cat >&2\n");
    assertThat(msmtp.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        directory.resolve(".gitconfig"),
        gitconfig(document).replace("/usr/bin/msmtp", msmtp.toString()));
    Path patch =
        Files.writeString(
            directory.resolve("1.patch"),
            "From 1 Mon Sep 17 00:00:00 2001\nFrom: A <a@b.c>\nSubject: [PATCH] one\n\nx\n---\n");
    assumeTrue(
        Files.exists(Path.of("/usr/lib/git-core/git-send-email")), "git-email: ./check install");
    Run run =
        git(
            "send-email",
            "--to=bob@example.net",
            "--suppress-cc=all",
            "--confirm=never",
            patch.toString());
    assertThat(run.status()).as(run.said()).isZero();
    assertThat(run.err())
        .contains("-i bob@example.net")
        .contains("-f user@domain.com")
        .contains("From: User Name <user@domain.com>");
  }

  private static String gitconfig(String document) {
    return Documents.block(document, "[sendemail]").text();
  }

  private Run git(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Programs.installed("git")));
    command.addAll(List.of(arguments));
    return Run.of(Map.of("HOME", directory.toString()), "", command);
  }
}
