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
    switch (random.nextInt(depth > 0 ? 17 : 11)) {
      case 0 -> line(indent, pick("i", "j", "k") + " = " + small(depth));
      case 1 -> line(indent, pick("s", "t") + " = " + text(depth));
      case 2 -> line(indent, "l = " + numbers(depth));
      case 3 -> line(indent, "m = " + texts(depth));
      case 4 -> line(indent, "d[" + text(1) + "] = " + small(depth));
      case 5 -> line(indent, pick("i", "j", "k") + pick(" += ", " -= ", " = ") + small(1));
      case 6 ->
          line(indent, pick("l.append(" + small(1) + ")", "l += [" + small(1) + "]", "l.sort()"));
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
        line(indent, "for " + pick("n", "i") + " in " + numbers(1) + "[:4]:");
        statement(indent + "  ", depth - 1);
        line(indent + "  ", pick("if i > 3: break", "if j: continue", "seen(i)"));
      }
      case 15 -> {
        line(indent, "for c in " + pick("s[:5]", "m[:3]", "d", "'xyz'", "sorted(d)") + ":");
        statement(indent + "  ", depth - 1);
      }
      default -> {
        line(indent, "def g(x=" + small(1) + "):");
        line(indent + "  ", "if x > 2: return " + any(1));
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
              "list(d.items())",
              "{" + small(0) + ": " + text(0) + ", " + text(0) + ": [" + small(0) + "]}",
              "dict(a=" + small(0) + ")",
              "[(x, n) for n, x in enumerate(" + texts(0) + ")]");
    };
  }

  /** Numbers stay small: Python's have no limit and ours have one. */
  private String small(int depth) {
    if (depth <= 0) {
      return pick("i % 50", "j % 9", "k % 7", "0", "1", "2", "0o17", "0x1F", "1_0", "0b11", "-3");
    }
    String a = small(depth - 1);
    String b = small(depth - 1);
    return switch (random.nextInt(16)) {
      case 0 -> "(" + a + " + " + b + ") % 100";
      case 1 -> "(" + a + " - " + b + ")";
      case 2 -> "(" + a + ") % 20 * ((" + b + ") % 20)";
      case 3 -> a + " // " + pick("2", "-3", "7", "(" + b + ")");
      case 4 -> "(" + a + ") % " + pick("5", "-5", "(" + b + ")");
      case 5 -> "len(" + any(depth - 1) + ")";
      case 6 -> "(" + a + " if " + truth(depth - 1) + " else " + b + ")";
      case 7 -> "(" + a + ") " + pick("&", "|", "^") + " (" + b + ")";
      case 8 -> "-(" + a + ")";
      case 9 -> "max(" + a + ", " + b + ")";
      case 10 -> "abs(" + a + ") % 8 ** 2";
      case 11 -> text(depth - 1) + "." + pick("find", "rfind", "count") + "(" + text(0) + ")";
      case 12 -> "(~(" + a + ") >> 1) + (1 << abs(" + b + ") % 5)";
      case 13 -> "f(" + a + ", " + pick("y=3", "1") + ") % 90";
      case 14 -> "sum([" + a + ", " + b + "]) % 70";
      default -> "(" + a + " and " + b + " or 4)";
    };
  }

  private String text(int depth) {
    if (depth <= 0) {
      return pick("s[:9]", "t[:9]", literal(), literal());
    }
    String a = text(depth - 1);
    return switch (random.nextInt(20)) {
      case 0 -> "(" + a + " + " + text(depth - 1) + ")";
      case 1 -> "(" + a + " * ((" + small(0) + ") % 3))";
      case 2 -> a + "." + pick("upper", "lower", "strip", "title", "capitalize", "lstrip") + "()";
      case 3 -> a + ".replace(" + literal() + ", " + literal() + pick("", ", 1", ", -1") + ")";
      case 4 -> literal() + ".join(" + texts(depth - 1) + ")";
      case 5 -> a + "[" + bound() + ":" + bound() + pick("", ":2", ":-1", ":") + "]";
      case 6 -> "str(" + any(depth - 1) + ")";
      case 7 ->
          "f'<{"
              + pick("i", "s", "l", "d", "i + 1", "s.upper()", "None", "i!r", "s!r", "t!s")
              + pick("", "", ":>12")
              + "}>'";
      case 8 -> "f\"{i:" + pick("3", "03", "<4", "^7", "*>5", "x", "o", "05d") + "}{{}}\"";
      case 9 -> "'%s-%d%%' % (" + a + ", " + small(0) + ")";
      case 10 -> "'{} {0}'".replace("{0}", "{}") + ".format(" + a + ", " + small(0) + ")";
      case 11 -> a + ".partition(" + pick("'b'", "'@'", "' '") + ")[" + pick("0", "1", "2") + "]";
      case 12 -> "(" + a + " if " + truth(depth - 1) + " else " + text(0) + ")";
      case 13 -> "(" + a + " or 'none')";
      case 14 -> a + ".removeprefix('a')." + pick("removesuffix('c')", "rstrip('cz')", "lower()");
      case 15 -> "repr(" + any(depth - 1) + ")";
      case 16 -> "'%" + pick("5s", "-5s", "r") + "|' % " + literal();
      case 17 -> literal() + " " + literal();
      case 18 -> a + "[" + small(0) + "]";
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
      return pick("l[:6]", "[]", "[4, 5]", "list(range(4))");
    }
    String a = numbers(depth - 1);
    return switch (random.nextInt(8)) {
      case 0 -> "[" + items(depth) + "]";
      case 1 -> "sorted(" + a + pick("", ", reverse=True") + ")";
      case 2 -> "list(reversed(" + a + "))";
      case 3 -> "[x + 1 for x in " + a + pick("", " if x % 2", " if x > i") + "]";
      case 4 -> "list(range(" + small(0) + ", " + small(0) + ", " + pick("1", "-1", "3") + "))";
      case 5 -> "(" + a + " + " + numbers(0) + ")";
      case 6 -> a + "[" + bound() + ":" + bound() + pick("", ":-1", ":2") + "]";
      default -> "list(d.values())";
    };
  }

  private String items(int depth) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(_ -> small(depth - 1))
        .collect(Collectors.joining(", "));
  }

  private String texts(int depth) {
    if (depth <= 0) {
      return pick("m[:6]", "['x', \"y\"]", "t.split()", "list('abc')");
    }
    return switch (random.nextInt(6)) {
      case 0 -> text(depth - 1) + ".split(" + pick("", "','", "'b'", "None, 1", "' ', 1") + ")";
      case 1 -> text(depth - 1) + ".rsplit(" + pick("", "','", "'b', 1", "None, 1") + ")";
      case 2 -> "[" + text(depth - 1) + ", " + text(0) + "]";
      case 3 -> "[x.upper() for x in " + texts(depth - 1) + " if x]";
      case 4 -> "sorted(" + texts(depth - 1) + ")";
      default -> text(depth - 1) + ".splitlines()";
    };
  }

  private String truth(int depth) {
    if (depth <= 0) {
      return pick("True", "False", "i", "s", "not l", "'a' in s", "i is None", "d is not None");
    }
    return switch (random.nextInt(9)) {
      case 0 -> small(depth - 1) + pick(" < ", " <= ", " == ", " != ", " > ") + small(depth - 1);
      case 1 -> "0 < " + small(depth - 1) + " <= 10";
      case 2 -> text(depth - 1) + pick(" in ", " not in ", " < ", " == ") + text(depth - 1);
      case 3 -> small(depth - 1) + " in " + numbers(depth - 1);
      case 4 -> "(" + truth(depth - 1) + pick(" and ", " or ") + truth(depth - 1) + ")";
      case 5 -> "not " + truth(depth - 1);
      case 6 ->
          text(depth - 1)
              + "."
              + pick(
                  "startswith('a')",
                  "endswith(('b', 'c'))",
                  "isdigit()",
                  "isalpha()",
                  "islower()",
                  "isupper()",
                  "isspace()");
      case 7 -> numbers(depth - 1) + pick(" == ", " < ", " != ") + numbers(depth - 1);
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
        "'%d' % 's'",
        "None < 1",
        "len(3)",
        "int('x')",
        "[] + ()",
        "l.index(77)",
        "'a' in 3",
        "True + True",
        "-True",
        "True == 1",
        "1 in [True]",
        "{1: 'a', True: 'b'}",
        "int(' 12 ')",
        "int('-0o17', 8)",
        "int('ff', 16)",
        "s.split('')",
        "[1, 2] < [1, 'a']",
        "[1] < ['a']",
        "(1, 2) == [1, 2]",
        "[[1], [2]] == [[1], [2]]",
        "'\\101\\x42\\u0043'",
        "min([])",
        "dict([('a', 1)])",
        "d.get('one'), d.get('x', 5)",
        "tuple('ab')",
        "str(), list(), dict()",
        "bool('')",
        "list(zip(l, s))",
        "'a' 'b' f'{i}'");
  }

  private String bound() {
    return pick("", "", "1", "-1", "2", "-9", "9", "i");
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
