package org.cloudmdirsync.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.cloudmdirsync.client.Options.Trial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @Test
  void argparseWouldReadThemTheSame() throws IOException, InterruptedException {
    assumeTrue(Programs.isInstalled("python3"), "python3 is not installed");
    List<List<String>> commandLines = commandLines();
    List<String> expected = argparse(commandLines);

    assertThat(expected).hasSameSizeAs(commandLines);
    SoftAssertions agreement = new SoftAssertions();
    for (int i = 0; i < expected.size(); i++) {
      agreement
          .assertThat(ours(commandLines.get(i)))
          .as("%s", commandLines.get(i))
          .isEqualTo(withOurNewForms(expected.get(i)));
    }
    agreement.assertAll();
  }

  @ParameterizedTest
  @CsvSource({
    "--cms-sock=s, --cms_sock=s",
    "--cms-so=s, --cms_sock=s",
    "--no-newline, --no_newline",
    "--test_smtp=h, --test-smtp=h",
    "--test_i=h, --test-imap=h"
  })
  void hyphensAndUnderscoresAreTheSame(String ours, String originals) {
    assertThat(CommandLine.parse(new String[] {"--user=a@d", ours}))
        .isEqualTo(CommandLine.parse(new String[] {"--user=a@d", originals}))
        .isInstanceOf(CommandLine.Ask.class);
  }

  @Test
  void theSocketMayBeLeftOut() {
    Options expected =
        new Options("SMTP", "a@d", Optional.empty(), Output.XOAUTH2, true, Optional.empty());
    assertThat(CommandLine.parse(new String[] {"--user=a@d"}))
        .isEqualTo(new CommandLine.Ask(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ann", "@d", "a@", "a b@d", "a@d\n", "a\u0001@d"})
  void aUserTheSocketCannotCarryIsAMistake(String user) {
    assertThat(CommandLine.parse(new String[] {"--user=" + user}))
        .isEqualTo(
            new CommandLine.Wrong(
                "argument --user: not an address such as user@example.com: '" + user + "'"));
  }

  @Test
  void everyFormHasItsWord() {
    for (Output form : Output.values()) {
      assertThat(ours(List.of("--user=a@d", "--output", form.word()))).contains(form.word());
      assertThat(Usage.HELP).contains(form.word() + ":");
    }
  }

  @Test
  void theVersionIsShownWhateverElseIsMissing() {
    assertThat(CommandLine.parse(new String[] {"--version"}))
        .isEqualTo(new CommandLine.ShowVersion());
  }

  private static String ours(List<String> words) {
    return switch (CommandLine.parse(words.toArray(String[]::new))) {
      case CommandLine.Show _, CommandLine.ShowVersion _ -> "help";
      case CommandLine.Wrong(String error) -> "error: " + error;
      case CommandLine.Ask(Options options) ->
          String.join(
              " ",
              options.protocol(),
              options.user(),
              options.socket().map(socket -> "'" + socket + "'").orElse("None"),
              options.output().word(),
              options.newline() ? "line" : "bare",
              options.trial().map(CommandLineTest::written).orElse("smtp=None imap=None"));
    };
  }

  private static String written(Trial trial) {
    return switch (trial) {
      case Trial.Smtp(String place) -> "smtp=" + place + " imap=None";
      case Trial.Imap(String place) -> "smtp=None imap=" + place;
    };
  }

  /** Pythons differ in quoting the choices; ours has two more of them. */
  private static String withOurNewForms(String expected) {
    int choices = expected.indexOf("(choose from ");
    return choices < 0
        ? expected
        : expected.substring(0, choices)
            + expected
                .substring(choices)
                .replace("'", "")
                .replace("-b64, token)", "-b64, token, oauthbearer, oauthbearer-b64)")
                .replace("SMTP, IMAP)", "SMTP, IMAP, POP)");
  }

  private static List<List<String>> commandLines() throws IOException {
    try (InputStream cases =
        Objects.requireNonNull(CommandLineTest.class.getResourceAsStream("command-lines.txt"))) {
      return new String(cases.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> Stream.of(line.split(" ")).map(CommandLineTest::word).toList())
          .toList();
    }
  }

  private static String word(String written) {
    return written.startsWith("'")
        ? written.substring(1, written.length() - 1).replace('_', ' ')
        : written;
  }

  private static List<String> argparse(List<List<String>> commandLines)
      throws IOException, InterruptedException {
    List<String> json = new ArrayList<>();
    for (List<String> words : commandLines) {
      json.add("[\"" + String.join("\",\"", words) + "\"]\n");
    }
    Programs.Finished peer =
        Programs.run(
            List.of("python3", Programs.resource("argparse_peer.py").toString()),
            String.join("", json));
    assertThat(peer.err()).isEmpty();
    return peer.out().lines().toList();
  }
}
