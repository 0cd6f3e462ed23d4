package org.cloudmdirsync.config;

import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.cloudmdirsync.account.NudgeHours;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.sasl.Mechanism;
import org.cloudmdirsync.secret.KeyPlace;
import org.cloudmdirsync.secret.KeyPlace.SystemdCredential;

/** Values of arguments, checked and in their own types. */
final class Settings {
  /** What a credential server can serve. */
  static final List<String> SERVED = List.of("SMTP", "IMAP", "POP");

  private static final List<String> PLACES =
      List.of("key-file", "secret-service", "systemd-credential", "passphrase");

  private Settings() {}

  /** A user's name: it travels in lines where blanks separate words. */
  static String address(Located located) {
    String address = located.filledText();
    if (!address.matches("[^\\s\\p{Cntrl}@]+@[^\\s\\p{Cntrl}@]+")) {
      throw located.rejected("must be an address such as user@domain.com");
    }
    return address;
  }

  /** One of the protocols whose credentials are served. */
  static Protocol served(Located located) {
    String name = located.text();
    if (!SERVED.contains(name)) {
      throw unknown(located, "protocol", SERVED);
    }
    return Protocol.valueOf(name);
  }

  /** Where the key of the stored tokens is to rest. */
  static KeyPlace keyPlace(Located place, Optional<Located> name) {
    boolean credential = place.text().equals("systemd-credential");
    if (name.isPresent() && !credential) {
      throw name.get().rejected("is for \"systemd-credential\" alone");
    }
    return switch (place.text()) {
      case "key-file" -> new KeyPlace.KeyFile();
      case "secret-service" -> new KeyPlace.SecretService();
      case "systemd-credential" ->
          new SystemdCredential(
              name.map(Settings::credentialName).orElse(SystemdCredential.USUAL_NAME));
      case "passphrase" -> new KeyPlace.Passphrase();
      default -> throw unknown(place, "place", PLACES);
    };
  }

  private static String credentialName(Located name) {
    if (!SystemdCredential.isName(name.text())) {
      throw name.rejected("must be the name of a systemd credential, such as cloud-mdir-sync");
    }
    return name.text();
  }

  static Mechanism mechanism(Located located) {
    List<String> names = Stream.of(Mechanism.values()).map(Enum::name).toList();
    String name = located.text().toUpperCase(Locale.ROOT);
    if (!names.contains(name)) {
      throw unknown(located, "mechanism", names);
    }
    return Mechanism.valueOf(name);
  }

  private static Rejected unknown(Located located, String what, List<String> known) {
    String suggestion = Suggestion.of(located.text(), known);
    return new Rejected(
        located.position(),
        "unknown %s \"%s\"%s"
            .formatted(
                what,
                located.text(),
                suggestion.isEmpty() ? "; there are " + String.join(", ", known) : suggestion));
  }

  /** {@code {"SMTP": ["scope"]}}. */
  static Map<Protocol, List<String>> scopes(Optional<Located> located) {
    Map<Protocol, List<String>> scopes = new EnumMap<>(Protocol.class);
    located.ifPresent(
        given -> entries(given).forEach((use, words) -> scopes.put(use(use), words(words))));
    return Map.copyOf(scopes);
  }

  private static Protocol use(Located located) {
    List<String> names = Stream.of(Protocol.values()).map(Enum::name).toList();
    if (!names.contains(located.text())) {
      throw unknown(located, "protocol", names);
    }
    return Protocol.valueOf(located.text());
  }

  /** A list of strings, or one string of words. */
  static List<String> words(Located located) {
    Stream<String> strings =
        located.value() instanceof Value.Text(String text)
            ? Stream.of(text.split("\\s+"))
            : located.items().stream().map(Located::filledText);
    List<String> words = strings.filter(word -> !word.isBlank()).toList();
    if (words.isEmpty()) {
      throw located.rejected("must not be empty");
    }
    return words;
  }

  /** A dict of strings. */
  static Map<String, String> strings(Located located) {
    Map<String, String> strings = new LinkedHashMap<>();
    entries(located).forEach((key, value) -> strings.put(key.filledText(), value.text()));
    return strings;
  }

  private static Map<Located, Located> entries(Located located) {
    if (!(located.value() instanceof Value.Dict dict)) {
      throw located.wrong("a dict");
    }
    String each = "each of \"" + located.name() + "\"";
    Map<Located, Located> entries = new LinkedHashMap<>();
    dict.entries()
        .forEach((key, value) ->
            entries.put(
                new Located(each, new Value.Text(key), located.position()),
                new Located(each, value, located.position())));
    return entries;
  }

  /** A command for the shell, or None for none. */
  static Optional<String> command(Located located) {
    return located.value() instanceof Value.None
        ? Optional.empty()
        : Optional.of(located.filledText());
  }

  /** Two hours of the day, in this machine's time: from one until the other. */
  static NudgeHours hours(Located located) {
    List<LocalTime> hours = located.items().stream().map(Settings::hour).toList();
    if (hours.size() != 2) {
      throw located.rejected("must be two hours, such as (9, 17)");
    }
    return new NudgeHours(hours.getFirst(), hours.getLast(), ZoneId.systemDefault());
  }

  private static LocalTime hour(Located located) {
    long hour = located.number();
    if (hour < 0 || hour > 24) {
      throw located.rejected("must be an hour from 0 to 24");
    }
    return LocalTime.of((int) hour % 24, 0);
  }

  /** A number from zero. */
  static int count(Located located, int most) {
    long number = located.number();
    if (number < 0 || number > most) {
      throw located.rejected("must be a number between 0 and " + most);
    }
    return (int) number;
  }

  /** The mode of a socket. */
  static int mode(Located located) {
    long mode = located.number();
    if (mode < 0 || mode > 0777) {
      String digits = Long.toString(mode);
      String hint = digits.matches("[0-7]{3}") ? "; did you mean 0o" + digits + "?" : "";
      throw located.rejected("must be a mode between 0 and 0o777" + hint);
    }
    return (int) mode;
  }
}
