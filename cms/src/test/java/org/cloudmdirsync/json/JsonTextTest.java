package org.cloudmdirsync.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTextTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "\"x\"",
        "1",
        "{",
        "}",
        "{]",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":}",
        "{\"a\" 1}",
        "{\"a\"=1}",
        "{\"a\":1;\"b\":2}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":'b'}",
        "{\"a\":b}",
        "{\"a\":01}",
        "{\"a\":.5}",
        "{\"a\":1.}",
        "{\"a\":+1}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":TRUE}",
        "{\"a\":\"b}",
        "{\"a\":\"\\",
        "{\"a\":\"\\u12",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\'\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\u0001\"}",
        "{} {}",
        "{}x",
        "{}]",
        "{} // comment",
        "/* comment */ {}",
        "# comment\n{}",
        ")]}'\n{}",
        "\u0000{}",
        "<html>"
      })
  void isStrict(String text) {
    assertThat(JsonText.read(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":", "{\"a\":[", "[", "{\"a\":[{\"a\":1},"})
  void refusesToNestBeyondReason(String text) {
    assertThat(JsonText.read(text.repeat(100_000))).isEmpty();
  }

  @Test
  void readsStringsBooleansNumbersListsAndMaps() {
    assertThat(read(" {\"a\":\"\\u00fc\\n\",\"b\":[true,{\"c\":-3}],\"d\":{}}\r\n"))
        .isEqualTo(Map.of("a", "ü\n", "b", List.of(true, Map.of("c", -3L)), "d", Map.of()));
  }

  @Test
  void keepsTheOrderAndTheLastOfARepeatedName() {
    assertThat(read("{\"b\":1,\"a\":2,\"b\":3,\"c\":4,\"c\":null}"))
        .isEqualTo(Map.of("a", 2L, "b", 3L))
        .containsOnlyKeys("b", "a");
  }

  @Test
  void leavesOutWhatIsNull() {
    assertThat(read("{\"a\":null,\"b\":[null,1]}")).isEqualTo(Map.of("b", List.of(1L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0", "3600", "9223372036854775807", "9223372036854775808", "1.50", "1e3", "1e400"})
  void aNumberPrintsAsItWasWritten(String number) {
    assertThat(read("{\"n\":" + number + "}").get("n"))
        .isInstanceOfSatisfying(
            Number.class,
            it -> {
              assertThat(it).hasToString(number);
              assertThat(it.doubleValue()).isEqualTo(Double.parseDouble(number));
            });
    assertThat(JsonText.line(read("{\"n\":" + number + "}"))).isEqualTo("{\"n\":" + number + "}");
  }

  @Test
  void aWholeNumberIsExact() {
    assertThat(read("{\"n\":9007199254740993}").get("n")).isEqualTo(9007199254740993L);
  }

  @Test
  void whatStringsHoldStaysOnOneLineAndComesBack() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("text", "a\n\r\u0000\u0085\u2028\u2029\"\\\t\u007f<ü>");
    members.put("lone", "\ud800");
    members.put("", List.of(1, List.of(), Map.of("yes", true)));
    String line = JsonText.line(members);
    assertThat(line).doesNotContain("\n", "\r", "\u2028").endsWith("[1,[],{\"yes\":true}]}");
    assertThat(read(line)).containsEntry("text", members.get("text")).containsKeys("lone", "");
    byte[] sent = line.getBytes(StandardCharsets.UTF_8);
    assertThat(JsonText.read(new String(sent, StandardCharsets.UTF_8))).isPresent();
  }

  @Test
  void aPersonReadsAMemberToALine() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("healthy", true);
    members.put("steps", List.of(Map.of("name", "socket")));
    assertThat(JsonText.lines(members))
        .isEqualTo(
            """
            {
              "healthy": true,
              "steps": [
                {
                  "name": "socket"
                }
              ]
            }\
            """);
  }

  private static Map<String, Object> read(String text) {
    return JsonText.read(text).orElseThrow();
  }
}
