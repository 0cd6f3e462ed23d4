package org.cloudmdirsync.config;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Writes programs of the subset; most run to their end, a few fail on the way. */
final class ProgramGenerator {
  private static final List<String> WORDS =
      List.of("", "a", "b", "ab", "aBc", "user@domain.com", "x y", " pad ", "ä€", "\\t'", "a,b,,c");

  private final Random random;
  private final StringBuilder out = new StringBuilder();

  ProgramGenerator(Random random) {
    this.random = random;
  }

  String program() {
    out.append("i, j, k = 3, -2, 10\ns = 'abc'\nt = \"x y z\"\nl = [3, 1, 2]\nm = ['b', 'a']\n");
    out.append("d = {'one': 1, 'two': 2}\n");
    out.append("def f(x, y=2):\n    return x * y\n");
    int statements = 4 + random.nextInt(10);
    for (int n = 0; n < statements; n++) {
      statement("", 3);
    }
    return out.append("seen(i, j, k, s, t, l, m, d)\n").toString();
  }

  private void statement(String indent, int depth) {
    switch (random.nextInt(depth > 0 ? 18 : 11)) {
      case 0 -> line(indent, pick("i", "j", "k") + " = " + small(depth));
      case 1 -> line(indent, pick("s", "t") + " = " + text(depth));
      case 2 -> line(indent, "l = " + numbers(depth));
      case 3 -> line(indent, "m = " + texts(depth));
      case 4 -> line(indent, "d[" + text(1) + "] = " + small(depth));
      case 5 -> line(indent, pick("i", "j", "k") + pick(" += ", " = ") + small(1));
      case 6 ->
          line(
              indent,
              pick(
                  "l.append(" + small(1) + ")",
                  "l += [" + small(1) + "]",
                  "l.insert(" + small(0) + ", " + small(0) + ")",
                  "seen(l.pop(" + pick("", "0", "-1") + "))",
                  "l.remove(" + pick("l[-1]", "i") + ")"));
      case 7 -> line(indent, "seen(" + any(depth) + ", " + any(depth) + ")");
      case 8 -> line(indent, "seen(" + text(1) + ", name=" + any(depth) + ")");
      case 9 -> line(indent, "cfg.note = " + any(depth));
      case 10 ->
          line(
              indent,
              pick(
                  "l[0] = " + small(1),
                  "i, j = j, i",
                  "s = t = " + text(1),
                  "m.extend(" + texts(0) + ")",
                  "seen(" + wild() + ")"));
      case 11, 12 -> {
        line(indent, "if " + truth(depth) + ":");
        statement(indent + "    ", depth - 1);
        line(indent, "elif " + truth(1) + ": pass");
        line(indent, "else:");
        statement(indent + "\t", depth - 1);
      }
      case 13, 14 -> {
        // A list of its own, which does not grow while it is gone through.
        line(indent, "for " + pick("n", "i") + " in " + numbers(1) + " + []:");
        statement(indent + "  ", depth - 1);
        line(indent + "  ", "seen(i)");
      }
      case 15 -> {
        line(indent, "for c in " + pick("m + ['q']", "('x', 'y')", "range(i)") + ":");
        statement(indent + "  ", 0);
      }
      case 16 -> {
        // Ours are lists where Python has views of the dict, so that the dict must not grow.
        line(indent, "for n in " + pick("d", "d.keys()", "d.values()") + ": seen(n)");
        line(indent, "for c, n in " + pick("d.items()", "[('a', 1), ('b', i)]") + ": seen(c, n)");
      }
      default -> {
        line(indent, "def g(x=" + small(1) + "):");
        line(indent + "  ", "for z in range(3):");
        line(indent + "    ", "if x > z: return " + any(1));
        line(indent + "  ", "y = x + 1");
        line(indent + "  ", "return " + pick("y", "[y]", "str(y)", "f(y)"));
        line(indent, "seen(g(), g(" + small(1) + "))");
      }
    }
  }

  private void line(String indent, String text) {
    out.append(indent).append(text).append(random.nextInt(12) == 0 ? "  # why\n" : "\n");
  }

  private String any(int depth) {
    return switch (random.nextInt(6)) {
      case 0 -> small(depth);
      case 1 -> text(depth);
      case 2 -> numbers(depth);
      case 3 -> texts(depth);
      case 4 -> truth(depth);
      default ->
          pick(
              "d",
              "None",
              "(" + small(0) + ",)",
              "()",
              "[]",
              "{}",
              "{'k': " + text(0) + ", " + text(0) + ": [" + small(0) + "]}",
              "(" + text(0) + ", " + numbers(0) + ") + (1,)");
    };
  }

  /** Numbers stay small: Python's have no limit and ours have one. */
  private String small(int depth) {
    if (depth <= 0) {
      return pick("i % 50", "j % 9", "k % 7", "0", "1", "2", "0o17", "0x1F", "1_0", "-3");
    }
    String a = small(depth - 1);
    String b = small(depth - 1);
    return switch (random.nextInt(12)) {
      case 0 -> "(" + a + " + " + b + ") % 100";
      case 1 -> "(" + a + " - " + b + ")";
      case 2 -> "(" + a + ") % 20 * ((" + b + ") % 20)";
      case 3 -> a + " // " + pick("2", "-3", "7", "(" + b + ")");
      case 4 -> "(" + a + ") % " + pick("5", "-5", "(" + b + ")");
      case 5 -> "len(" + pick(text(depth - 1), numbers(depth - 1), "d") + ")";
      case 6 -> "(" + a + " if " + truth(depth - 1) + " else " + b + ")";
      case 7 -> "(" + a + ") " + pick("&", "|") + " (" + b + ")";
      case 8 -> "-(" + a + ")";
      case 9 -> "(l + [" + a + "])[" + pick("0", "-1", "0", "i") + "]";
      case 10 -> "f(" + a + ", " + pick("y=3", "1") + ") % 90";
      default -> "(" + a + " and " + b + " or 4)";
    };
  }

  /** What was made before is looked at only while it is short, or it would grow for ever. */
  private String text(int depth) {
    if (depth <= 0) {
      return pick(
          "(s if len(s) < 20 else 'S')", "(t if len(t) < 20 else 'T')", literal(), literal());
    }
    String a = text(depth - 1);
    return switch (random.nextInt(13)) {
      case 0 -> "(" + a + " + " + text(depth - 1) + ")";
      case 1 -> a + "." + pick("upper", "lower", "strip") + "()";
      case 2 -> a + ".replace(" + pick("'a'", "'b'", "'ab'", "' '") + ", " + literal() + ")";
      case 3 -> literal() + ".join(" + texts(depth - 1) + ")";
      case 4 -> "str(" + pick(small(depth - 1), text(depth - 1), truth(0), "None") + ")";
      case 5 -> "f'<{" + pick("i", "s", "i + 1", "s.upper()", "None", "d[\"one\"]") + "}>'";
      case 6 -> "f\"{{{i}}}{len(l)}{" + small(1) + "}\"";
      case 7 -> "(" + a + " if " + truth(depth - 1) + " else " + text(0) + ")";
      case 8 -> "(" + a + " or 'none')";
      case 9 -> literal() + " " + literal();
      case 10 -> "(" + texts(depth - 1) + " + ['z'])[" + pick("0", "-1", "0", "j") + "]";
      case 11 -> "{'one': " + a + "}[" + pick("'one'", "'one'", "'one'", "'no'") + "]";
      default -> "'''" + pick("a\nb", "it's", "\"q\"") + "'''";
    };
  }

  private String literal() {
    String word = WORDS.get(random.nextInt(WORDS.size()));
    return switch (random.nextInt(5)) {
      case 0 -> "'" + word.replace("'", "\\'") + "'";
      case 1 -> "r\"" + word + "\"";
      case 2 -> "'''" + word + " '''";
      case 3 -> "u\"\\x41\\u00e9\\n\\101" + word + "\"";
      default -> "\"" + word + "\"";
    };
  }

  private String numbers(int depth) {
    if (depth <= 0) {
      return pick("(l if len(l) < 6 else [7])", "[]", "[4, 5]");
    }
    String a = numbers(depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> "[" + items(depth) + "]";
      case 1 -> "(" + a + " + " + numbers(0) + ")";
      case 2 -> "(" + a + " or [1])";
      default -> "(" + a + " if " + truth(depth - 1) + " else [2])";
    };
  }

  private String items(int depth) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(_ -> small(depth - 1))
        .collect(Collectors.joining(", "));
  }

  private String texts(int depth) {
    if (depth <= 0) {
      return pick("(m if len(m) < 6 else ['M'])", "['x', \"y\"]", "t.split()");
    }
    return switch (random.nextInt(4)) {
      case 0 -> text(depth - 1) + ".split(" + pick("", "','", "'b'", "None, 1", "' ', 1") + ")";
      case 1 -> "[" + text(depth - 1) + ", " + text(0) + "]";
      case 2 -> "(" + texts(depth - 1) + " + " + texts(0) + ")";
      default -> "(" + texts(depth - 1) + " if " + truth(0) + " else [])";
    };
  }

  private String truth(int depth) {
    if (depth <= 0) {
      return pick(
          "True", "False", "(i > 1)", "(not l)", "('a' in s)", "(i is None)", "(d is not None)");
    }
    return switch (random.nextInt(9)) {
      case 0 -> small(depth - 1) + pick(" < ", " <= ", " == ", " != ", " > ") + small(depth - 1);
      case 1 -> "0 < " + small(depth - 1);
      case 2 -> text(depth - 1) + pick(" in ", " not in ", " < ", " == ") + text(depth - 1);
      case 3 -> small(depth - 1) + " in " + numbers(depth - 1);
      case 4 -> "(" + truth(depth - 1) + pick(" and ", " or ") + truth(depth - 1) + ")";
      case 5 -> "(not " + truth(depth - 1) + ")";
      case 6 -> text(depth - 1) + "." + pick("startswith('a')", "endswith(('b', 'c'))");
      case 7 -> numbers(depth - 1) + pick(" == ", " != ") + numbers(depth - 1);
      default -> text(depth - 1) + " in d";
    };
  }

  /** May be no program at all. */
  private String wild() {
    return pick(
        "1 + 's'",
        "l[99]",
        "d['three']",
        "nothing",
        "s.nothing()",
        "i // 0",
        "f()",
        "f(1, 2, 3)",
        "f(z=1)",
        "None < 1",
        "len(3)",
        "[] + ()",
        "l.remove(77)",
        "'a' in 3",
        "True == 1",
        "1 in [True]",
        "-'s'",
        "{'a': 1, 'a': 2}",
        "{'a': [1]} == {'a': [True]}",
        "s.split('')",
        "(1, 2) == [1, 2]",
        "[[1], [2]] == [[1], [2]]",
        "'\\101\\x42\\u0043'",
        "d.get('one'), d.get('x', 5), d.get('x')",
        "not 1 == 2, not not s",
        "2 - -1, - 1 - 1",
        "'a' 'b' f'{i}'",
        "f\"{'nested'}{ {'k': i}['k'] }\"");
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
