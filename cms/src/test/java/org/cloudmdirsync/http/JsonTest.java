package org.cloudmdirsync.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "null", "[]", "\"x\"", "1", "{", "{\"a\":", "<html>", "{'a':1}"})
  void isAnObjectOrNothing(String text) {
    assertThat(Json.object(text)).isEmpty();
  }

  @Test
  void refusesToNestBeyondReason() {
    assertThat(Json.object("{\"a\":".repeat(100_000))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          3600            | 3600
          "3600"          | 3600
          " 60 "          | 60
          59.9            | 59.9
          "-1"            | -1
          1e400           |
          "1e3"           |
          "NaN"           |
          "soon"          |
          true            |
          null            |
          [1]             |
          {}              |
          """)
  void readsANumberOrAStringThatHoldsOne(String member, Double expected) {
    assertThat(Json.object("{\"n\":" + member + "}").orElseThrow().number("n").orElse(null))
        .isEqualTo(expected);
  }

  @Test
  void treatsAMemberOfTheWrongTypeAsAbsent() {
    Json json =
        Json.object("{\"a\":1,\"b\":\"\",\"c\":null,\"d\":[\"x\",2,{}],\"e\":\"true\"}")
            .orElseThrow();
    assertThat(json.text("a")).isEmpty();
    assertThat(json.text("b")).isEmpty();
    assertThat(json.text("c")).isEmpty();
    assertThat(json.text("missing")).isEmpty();
    assertThat(json.texts("d")).containsExactly("x", "2");
    assertThat(json.texts("a")).isEmpty();
    assertThat(json.flag("e")).contains(true);
    assertThat(json.flag("a")).isEmpty();
  }
}
