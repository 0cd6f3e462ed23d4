package org.cloudmdirsync.config;

import java.util.List;
import java.util.Map;
import org.cloudmdirsync.config.Arguments.Bound;
import org.cloudmdirsync.config.Methods.Method;

/** The methods of strings that look for a part of them. */
final class TextSearch {
  private final Budget budget;

  TextSearch(Budget budget) {
    this.budget = budget;
  }

  Map<String, Method<String>> all() {
    return Map.of(
        "startswith", (self, arguments) -> edge(self, arguments, "prefix", true),
        "endswith", (self, arguments) -> edge(self, arguments, "suffix", false),
        "find", (self, arguments) -> place(self, self.indexOf(part(self, arguments))),
        "rfind", (self, arguments) -> place(self, self.lastIndexOf(part(self, arguments))),
        "index", (self, arguments) -> found(self, self.indexOf(part(self, arguments))),
        "rindex", (self, arguments) -> found(self, self.lastIndexOf(part(self, arguments))),
        "count", this::count,
        "replace", this::replace);
  }

  private String part(String self, Arguments arguments) {
    String part = arguments.bind("part").required("part").text();
    look(self, part);
    return part;
  }

  /** A search may look at every character of the part at every place. */
  private void look(String self, String part) {
    budget.look((long) self.length() * Math.max(1, part.length()));
  }

  /** As Python counts: by characters. */
  private static Value place(String self, int offset) {
    return new Value.Int(offset < 0 ? -1 : self.codePointCount(0, offset));
  }

  private static Value found(String self, int offset) {
    if (offset < 0) {
      throw new Rejected("the string does not hold that part");
    }
    return place(self, offset);
  }

  /** One string, or a tuple of which any will do. */
  private Value edge(String self, Arguments arguments, String name, boolean start) {
    Located edges = arguments.bind(name).required(name);
    List<Located> alternatives =
        edges.value() instanceof Value.Tuple ? edges.items() : List.of(edges);
    for (Located alternative : alternatives) {
      String edge = alternative.text();
      budget.look(edge.length());
      if (start ? self.startsWith(edge) : self.endsWith(edge)) {
        return Value.Bool.TRUE;
      }
    }
    return Value.Bool.FALSE;
  }

  private Value count(String self, Arguments arguments) {
    String part = part(self, arguments);
    if (part.isEmpty()) {
      return new Value.Int(self.codePointCount(0, self.length()) + 1);
    }
    int count = 0;
    for (int at = self.indexOf(part); at >= 0; at = self.indexOf(part, at + part.length())) {
      count++;
    }
    return new Value.Int(count);
  }

  private Value replace(String self, Arguments arguments) {
    Bound bound = arguments.bind("old", "new", "count");
    String old = bound.required("old").text();
    String fresh = bound.required("new").text();
    long limit = bound.optional("count").map(Located::number).orElse(-1L);
    look(self, old);
    long most = limit < 0 ? Long.MAX_VALUE : limit;
    StringBuilder out = new StringBuilder();
    int done = 0;
    int from = 0;
    for (long n = 0; n < most; n++) {
      int at = self.indexOf(old, from);
      if (at < 0 || at < from) {
        break;
      }
      budget.make(at - done + (long) fresh.length());
      out.append(self, done, at).append(fresh);
      done = at + old.length();
      if (old.isEmpty() && at == self.length()) {
        break;
      }
      // An empty part stands before every character and at the end.
      from = old.isEmpty() ? self.offsetByCodePoints(at, 1) : done;
    }
    budget.make(self.length() - done);
    return new Value.Text(out.append(self, done, self.length()).toString());
  }
}
