package org.cloudmdirsync.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.client.Options.Trial;

/**
 * Walks over a command line's arguments once; argparse reports the first mistake it meets, and so
 * do we.
 */
final class CommandReader {
  /** What argparse would say; caught where the reader is called, never further. */
  static final class Mistake extends Exception {
    private static final long serialVersionUID = 1;
    private final String words;

    Mistake(String words) {
      super(words, null, false, false);
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private static final List<String> PROTOCOLS = List.of("SMTP", "IMAP", "POP");

  private final String[] arguments;
  private final List<String> unrecognized = new ArrayList<>();
  private int at;

  private String protocol = "SMTP";
  private Optional<String> user = Optional.empty();
  private Optional<String> socket = Optional.empty();
  private Output output = Output.XOAUTH2;
  private boolean newline = true;
  private Optional<Trial> trial = Optional.empty();
  private Optional<CommandLine> shown = Optional.empty();

  CommandReader(String[] arguments) {
    this.arguments = arguments;
  }

  CommandLine read() throws Mistake {
    while (at < arguments.length && shown.isEmpty()) {
      String argument = arguments[at++];
      if (argument.equals("--")) {
        unrecognized.addAll(Arrays.asList(arguments).subList(at, arguments.length));
        at = arguments.length;
      } else if (argument.startsWith("--")) {
        option(argument);
      } else if (argument.equals("-h")) {
        shown = Optional.of(new CommandLine.Show(Usage.HELP));
      } else {
        unrecognized.add(argument);
      }
    }
    return shown.isPresent() ? shown.get() : new CommandLine.Ask(options());
  }

  private void option(String argument) throws Mistake {
    int equals = argument.indexOf('=');
    String name = equals < 0 ? argument : argument.substring(0, equals);
    List<Flag> flags = Flag.named(name.substring(2));
    if (flags.isEmpty()) {
      unrecognized.add(argument);
      return;
    }
    if (flags.size() > 1) {
      throw new Mistake(
          "ambiguous option: "
              + name
              + " could match "
              + joined(flags.stream().map(Flag::spelling).toList()));
    }
    Flag flag = flags.getFirst();
    Optional<String> attached =
        equals < 0 ? Optional.empty() : Optional.of(argument.substring(equals + 1));
    if (flag.takesValue()) {
      take(flag, attached.isPresent() ? attached.get() : following(flag));
    } else if (attached.isPresent()) {
      throw about(flag, "ignored explicit argument '" + attached.get() + "'");
    } else {
      turnOn(flag);
    }
  }

  private void turnOn(Flag flag) {
    switch (flag) {
      case HELP -> shown = Optional.of(new CommandLine.Show(Usage.HELP));
      case VERSION -> shown = Optional.of(new CommandLine.ShowVersion());
      case NO_NEWLINE -> newline = false;
      case PROTO, USER, CMS_SOCK, OUTPUT, TEST_SMTP, TEST_IMAP ->
          throw new IllegalStateException(flag + " takes a value");
    }
  }

  private void take(Flag flag, String value) throws Mistake {
    switch (flag) {
      case PROTO -> protocol = choice(flag, value, PROTOCOLS);
      case USER -> user = Optional.of(value);
      case CMS_SOCK -> socket = Optional.of(value);
      case OUTPUT -> output = output(value);
      case TEST_SMTP -> trial = Optional.of(onlyTrial(flag, new Trial.Smtp(value)));
      case TEST_IMAP -> trial = Optional.of(onlyTrial(flag, new Trial.Imap(value)));
      case HELP, VERSION, NO_NEWLINE -> throw new IllegalStateException(flag + " takes no value");
    }
  }

  /** The next argument, unless it is an option itself. */
  private String following(Flag flag) throws Mistake {
    if (at == arguments.length || isOption(arguments[at])) {
      throw about(flag, "expected one argument");
    }
    return arguments[at++];
  }

  /** A lone hyphen is a value, and so is a negative number, since no option looks like one. */
  private static boolean isOption(String argument) {
    return argument.length() > 1
        && argument.startsWith("-")
        && argument.indexOf(' ') < 0
        && !isDigit(argument.charAt(1));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static String choice(Flag flag, String value, List<String> choices) throws Mistake {
    if (!choices.contains(value)) {
      throw about(flag, "invalid choice: '" + value + "' (choose from " + joined(choices) + ")");
    }
    return value;
  }

  private static Output output(String value) throws Mistake {
    List<Output> outputs = Arrays.asList(Output.values());
    String word = choice(Flag.OUTPUT, value, outputs.stream().map(Output::word).toList());
    return outputs.stream().filter(form -> form.word().equals(word)).findFirst().orElseThrow();
  }

  private Trial onlyTrial(Flag flag, Trial wanted) throws Mistake {
    boolean sameKind = trial.isEmpty() || trial.get().getClass() == wanted.getClass();
    if (!sameKind) {
      Flag other = flag == Flag.TEST_SMTP ? Flag.TEST_IMAP : Flag.TEST_SMTP;
      throw about(flag, "not allowed with argument " + other.spelling());
    }
    return wanted;
  }

  private Options options() throws Mistake {
    if (user.isEmpty()) {
      throw new Mistake("the following arguments are required: " + Flag.USER.spelling());
    }
    if (!unrecognized.isEmpty()) {
      throw new Mistake("unrecognized arguments: " + String.join(" ", unrecognized));
    }
    return new Options(
        trial.map(CommandReader::protocol).orElse(protocol),
        address(user.get()),
        socket,
        output,
        newline,
        trial);
  }

  /** What the socket's grammar can carry; the original sends anything and gets no answer. */
  private static String address(String user) throws Mistake {
    int at = user.indexOf('@', 1);
    boolean blank = user.chars().anyMatch(c -> c <= ' ' || c == 0x7f);
    if (at < 1 || at == user.length() - 1 || blank) {
      throw about(Flag.USER, "not an address such as user@example.com: '" + user + "'");
    }
    return user;
  }

  private static String protocol(Trial trial) {
    return switch (trial) {
      case Trial.Smtp _ -> "SMTP";
      case Trial.Imap _ -> "IMAP";
    };
  }

  private static Mistake about(Flag flag, String words) {
    return new Mistake("argument " + flag.spelling() + ": " + words);
  }

  private static String joined(List<String> words) {
    return String.join(", ", words);
  }
}
