package org.cloudmdirsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** How the program ends when it is called wrongly, and when it is wrong itself. */
class RootCommandTest {
  @ParameterizedTest
  @MethodSource("commands")
  void anUnknownOptionIsWrongUsage(String command) {
    assertThat(run(command, "--no-such-option")).isEqualTo(64);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void tooManyWordsAreWrongUsage(String command) {
    assertThat(run(command, "one", "two", "three")).isEqualTo(64);
  }

  @Test
  void withoutACommandTheSame() {
    assertThat(run("--no-such-option")).isEqualTo(64);
    assertThat(run("no-such-command")).isEqualTo(64);
    assertThat(run("-c")).isEqualTo(64);
  }

  @Test
  void aBugIsOurFault() {
    assertThat(RootCommand.execute(with(new IllegalStateException("a bug")), "wrong"))
        .isEqualTo(70);
  }

  @Test
  void soIsAClassThatIsMissing() {
    assertThat(RootCommand.execute(with(new NoClassDefFoundError("a class")), "wrong"))
        .isEqualTo(70);
  }

  static Stream<String> commands() {
    return commandLine().getSubcommands().keySet().stream();
  }

  private static CommandLine commandLine() {
    return RootCommand.commandLine(_ -> 0);
  }

  private static int run(String... arguments) {
    return RootCommand.execute(
        commandLine().setErr(new PrintWriter(Writer.nullWriter())), arguments);
  }

  /** Our commands, and one that ends with this. */
  private static CommandLine with(Throwable thrown) {
    return commandLine().addSubcommand(new Wrong(thrown));
  }

  @Command(name = "wrong")
  private record Wrong(Throwable thrown) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      switch (thrown) {
        case Error error -> throw error;
        case Exception exception -> throw exception;
        case Throwable other -> throw new AssertionError(other);
      }
    }
  }
}
