package org.cloudmdirsync.config;

import java.util.Map;

/** The methods of strings, lists, tuples and dicts. */
final class Methods {
  private final TextMethods texts;
  private final ListMethods lists;
  private final DictMethods dicts;

  /** A method of values of one kind. */
  @FunctionalInterface
  interface Method<T> {
    Value call(T self, Arguments arguments);
  }

  Methods(Budget budget) {
    this.texts = new TextMethods(budget);
    this.lists = new ListMethods(budget);
    this.dicts = new DictMethods(budget);
  }

  /** The method of that value and name, ready to be called. */
  Value of(Value self, String name) {
    return switch (self) {
      case Value.Text(String text) -> bound(text, self, name, texts.all());
      case Value.Sequence list -> bound(list.items(), self, name, lists.all());
      case Value.Tuple tuple -> bound(tuple.items(), self, name, lists.unchanging());
      case Value.Dict dict -> bound(dict, self, name, dicts.all());
      case Value.None _,
          Value.Bool _,
          Value.Int _,
          Value.Function _,
          Value.Builtin _,
          Value.Entity _ ->
          throw new Rejected(self.kind() + " has no \"" + name + "\"");
    };
  }

  private static <T> Value bound(T self, Value value, String name, Map<String, Method<T>> methods) {
    Method<T> method = methods.get(name);
    if (method == null) {
      throw new Rejected(
          value.kind() + " has no \"" + name + "\"" + Suggestion.of(name, methods.keySet()));
    }
    return new Value.Builtin(name, arguments -> method.call(self, arguments));
  }
}
