package org.cloudmdirsync.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The evaluated arguments of one call.
 *
 * @param function its name, for errors
 * @param position of the call
 */
record Arguments(String function, List<Given> given, Position position) {

  /** One argument; the name's place is also the value's where there is no name. */
  record Given(Optional<String> name, Value value, Position namePosition, Position position) {}

  /**
   * Puts every argument to its parameter.
   *
   * @param parameters in order
   * @throws Rejected when there are too many, one is unknown, or one is given twice
   */
  Bound bind(List<String> parameters) {
    SequencedMap<String, Located> bound = new LinkedHashMap<>();
    int next = 0;
    for (Given argument : given) {
      if (argument.name().isEmpty() && next == parameters.size()) {
        throw new Rejected(argument.position(), function + "() takes " + count(parameters.size()));
      }
      String parameter = argument.name().isEmpty() ? parameters.get(next++) : argument.name().get();
      if (!parameters.contains(parameter)) {
        throw new Rejected(
            argument.namePosition(),
            "unknown argument \"" + parameter + "\"" + Suggestion.of(parameter, parameters));
      }
      Located located = new Located(parameter, argument.value(), argument.position());
      if (bound.putIfAbsent(parameter, located) != null) {
        throw new Rejected(
            argument.namePosition(), "argument \"" + parameter + "\" is given twice");
      }
    }
    return new Bound(function, bound, position);
  }

  Bound bind(String... parameters) {
    return bind(List.of(parameters));
  }

  private static String count(int parameters) {
    return switch (parameters) {
      case 0 -> "no arguments";
      case 1 -> "one argument at most";
      default -> parameters + " arguments at most";
    };
  }

  /** Arguments by the name of their parameter. */
  record Bound(String function, Map<String, Located> values, Position position) {

    /** What was given; None counts as not given, as the original's defaults have it. */
    Optional<Located> optional(String parameter) {
      return Optional.ofNullable(values.get(parameter))
          .filter(located -> !(located.value() instanceof Value.None));
    }

    /** What was given, be it None. */
    Located required(String parameter) {
      Located located = values.get(parameter);
      if (located == null) {
        throw new Rejected(position, function + "() needs \"" + parameter + "\"");
      }
      return located;
    }

    Value value(String parameter) {
      return required(parameter).value();
    }
  }
}
