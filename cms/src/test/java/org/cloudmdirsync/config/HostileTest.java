package org.cloudmdirsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever a file holds: a result comes back, soon and in little memory, and nothing is thrown.
 *
 * <p>The limit on time is there to end a hang, not to measure.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileTest {
  private static final long SEED = 20261123;
  private static final int DAMAGED_FILES = 4000;

  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          "[",
          "]",
          "{",
          "}",
          "'",
          "\"",
          "'''",
          "f'",
          "{x",
          "\\",
          "\n",
          "\t",
          "    ",
          ":",
          "=",
          ",",
          ".",
          "for x in ",
          " if ",
          "else",
          "def f(a=1):\n ",
          "return ",
          "not ",
          "**",
          "9999999999999999999",
          "0x",
          "0o777",
          "lambda",
          "\u0000",
          "\uD800",
          "\r",
          "#",
          "%s",
          "*",
          "None",
          "l",
          ".append(",
          ".join(",
          "* 10000",
          "<<",
          "-",
          "cfg.",
          "é",
          "\uFEFF",
          ";");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = 1\nfor i in range(100000): x = [x, x]\ny = x == x",
        "x = [1]\ny = [1]\nfor i in range(40):\n x = [x, x]\n y = [y, y]\nz = x == y",
        "x = (1,)\ny = (1,)\nfor i in range(40):\n x = (x, x)\n y = (y, y)\nz = x == y",
        "x = []\nx.append(x)\ny = []\ny.append(y)\nz = x == y",
        "d = {}\nd['d'] = d\ne = {}\ne['d'] = e\nx = d == e",
        "x = 'ab'\nfor i in range(99): x += x",
        "x = 'ab'\nfor i in range(99): x = f'{x}{x}'",
        "x = [1]\nfor i in range(99): x += x",
        "x = [1]\nfor i in x: x.append(i)",
        "x = 'a'\nfor i in range(18): x += x\nfor i in range(100000): x in x + 'b'",
        "x = ' '\nfor i in range(19): x += x\ny = ('b' + x + 'b').strip().split()\nz = x.strip()",
        "x = list(range(9999999999))",
        "for i in range(9999999999): pass",
        "for a in range(1000):\n for b in range(1000):\n  for c in range(1000): pass",
        "x = 'a'\nfor i in range(18): x += x\ny = x.replace('a', x)",
        "x = 'a'\nfor i in range(18): x += x\nl = []\nfor i in range(999): l.append(x)\ny = x.join(l)",
        "x = 'a,'\nfor i in range(18): x += x\nfor i in range(100000): x.split(',')",
        "def f(): return [f]\nfor i in range(10000): f()",
        "x = {}\nfor i in range(10000000): x[str(i)] = i",
        "x = 'ß'\nfor i in range(18): x += x\ny = x.upper() + x.lower()",
        "x = 'a'\nfor i in range(18): x += x\nd = {x + 'b': 1}\ny = x + 'b'\nfor i in range(90000): d[y]",
        "x = 'a'\nfor i in range(18): x += x\nd = {x + 'b': 1}\ny = {x + 'b': 1}\nfor i in range(90000): d == y",
        "x = 'a'\nfor i in range(18): x += x\ny = x + ''\nfor i in range(90000): y is x",
        "x = -9223372036854775807 - 1\ny = x // -1",
        "x = -9223372036854775807 - 1\ny = -x",
        "x = f'{f\"{[[[[1]]]]}\"}'",
      })
  void endsSoon(String program) {
    assertThat(load(program)).isInstanceOf(ConfigResult.class);
  }

  @Test
  void deepNesting() {
    for (String piece : List.of("(", "[", "{1:", "not ", "-", "f(", "1 if 1 else ", "x[")) {
      assertThat(load("x = " + piece.repeat(50_000))).isInstanceOf(ConfigResult.Invalid.class);
    }
    for (String piece : List.of("+ 1", ".a", "[0]", "()", " and 1", " < 2", " if 1 else 2")) {
      assertThat(load("x = 1" + piece.repeat(50_000))).isInstanceOf(ConfigResult.class);
    }
    String deep = "(".repeat(99) + "%s" + ")".repeat(99);
    String inner = "f'" + "{" + deep.formatted("f\"{" + deep.formatted("1") + "}\"") + "}'";
    assertThat(
            load(
                "x = f\"\"\"{"
                    + deep.formatted("f'''{" + deep.formatted(inner) + "}'''")
                    + "}\"\"\""))
        .isInstanceOf(ConfigResult.Loaded.class);
    StringBuilder blocks = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      blocks.append(" ".repeat(i)).append("if 1:\n");
    }
    assertThat(load(blocks.toString())).isInstanceOf(ConfigResult.Invalid.class);
  }

  @Test
  void damagedFiles() throws IOException {
    List<String> corpus = new ArrayList<>();
    for (Path file : Corpus.valid()) {
      corpus.add(Files.readString(file));
    }
    for (Path file : Corpus.wrong()) {
      corpus.add(Files.readString(file));
    }
    int usable = 0;
    for (int i = 0; i < DAMAGED_FILES; i++) {
      Random random = new Random(SEED + i);
      String damaged = damaged(corpus.get(random.nextInt(corpus.size())), corpus, random);
      try {
        usable += load(damaged) instanceof ConfigResult.Loaded ? 1 : 0;
      } catch (RuntimeException | StackOverflowError thrown) {
        throw new AssertionError("seed " + (SEED + i) + ":\n" + damaged, thrown);
      }
    }
    // Were all of them refused, the damage would never reach the evaluator.
    assertThat(usable).isBetween(DAMAGED_FILES / 100, DAMAGED_FILES / 2);
  }

  private static String damaged(String text, List<String> corpus, Random random) {
    StringBuilder damaged = new StringBuilder(text);
    for (int n = 1 + random.nextInt(4); n > 0 && !damaged.isEmpty(); n--) {
      int from = random.nextInt(damaged.length());
      int to = Math.min(damaged.length(), from + random.nextInt(20));
      switch (random.nextInt(5)) {
        case 0 -> damaged.delete(from, to);
        case 1 -> damaged.insert(from, PIECES.get(random.nextInt(PIECES.size())));
        case 2 -> damaged.insert(to, damaged.substring(from, to));
        case 3 -> damaged.setCharAt(from, (char) random.nextInt(128));
        default -> {
          String other = corpus.get(random.nextInt(corpus.size()));
          damaged.replace(from, to, other.substring(random.nextInt(other.length())));
        }
      }
    }
    return damaged.toString();
  }

  /** What is true of every file. */
  static ConfigResult load(String text) {
    ConfigResult result =
        ConfigFile.load(
            new Source("cms.cfg", text),
            Optional.empty(),
            new Directories(Map.of("HOME", "/home/ann")));
    if (result instanceof ConfigResult.Invalid(List<ConfigError> errors)) {
      assertThat(errors)
          .isNotEmpty()
          .allSatisfy(error -> assertThat(error.toString()).isNotBlank());
    }
    return result;
  }
}
