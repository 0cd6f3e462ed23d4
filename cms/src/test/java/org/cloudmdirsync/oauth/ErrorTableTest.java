package org.cloudmdirsync.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.oauth.TokenResponse.Remedy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Microsoft's numbers, from its own documentation, by what a broker must do. */
class ErrorTableTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SIGN_IN       | 50076 50079 50072 50074 50078 50058 16000 70000 70008 700082 700084 70043
          SIGN_IN       | 50173 50132 50133 50089 50085 50135 54005 700005 501481 50147 501491
          SIGN_IN       | 50055 50144 50126
          CONSENT       | 65001 65004
          ADMINISTRATOR | 90094 90095 90008 53000 53001 53002 53003 53004 53011 530032 530034 530035
          ADMINISTRATOR | 50053 50057 50105
          CONFIGURATION | 50011 900971 70004 700016 70001 7000112 700011 1000031 50194 9001023 90124
          CONFIGURATION | 90130 9002332 90002 50059 50128 90019 7000218 700025 7000215 7000222 70002
          CONFIGURATION | 70011 28002 28003 700022 700023 500011 650057 65005 90009 9002326 9002327
          CONFIGURATION | 900144 90014 9002313 90023 90015 50034 50020 500208
          WAIT          | 50196
                        | 90006 90012 90024 90033 90055 50033 50087 70012 80001 80007 80014 70016
          """)
  void knowsWhoCanHelp(Remedy remedy, String numbers) {
    for (String number : numbers.split(" ")) {
      ErrorTable.Entry entry = ErrorTable.code(List.of(number)).orElseThrow(AssertionError::new);
      assertThat(entry.remedy()).as(number).isEqualTo(Optional.ofNullable(remedy));
      assertThat(entry.words()).as(number).isNotBlank();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "50076",
    "53003",
    "700016",
    "7000215",
    "90094",
    "90110",
    "invalid_client",
    "org_internal",
    "invalid_rapt",
    "disallowed_useragent",
    "admin_policy_enforced"
  })
  void saysWhatIsWrongAndWhatToDo(String key) {
    ErrorMeaning meaning =
        ErrorMeaning.numberIn("AADSTS" + key + ": …")
            .or(() -> ErrorMeaning.named(key))
            .orElseThrow(AssertionError::new);
    assertThat(meaning.cause()).isNotBlank().doesNotContain(": ");
    assertThat(meaning.action()).as("what to do").isPresent();
  }

  @Test
  void whatDoesNotPassHasSomethingToDo() {
    assertThat(ErrorTable.entries())
        .allSatisfy(
            entry -> assertThat(entry.remedy().isEmpty() || entry.words().contains(": ")).isTrue());
  }
}
