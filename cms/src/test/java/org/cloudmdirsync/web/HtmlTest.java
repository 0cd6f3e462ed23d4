package org.cloudmdirsync.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HtmlTest {
  @Test
  void textIsEscapedAndHtmlIsNot() {
    Html bold = Html.of("<b>{}</b>", "<script>\"a\" & 'b'");
    assertThat(Html.of("<p title=\"{}\">{}</p>", "x\"y", bold).markup())
        .isEqualTo(
            "<p title=\"x&quot;y\"><b>&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;</b></p>");
  }

  @Test
  void aPartThatLooksLikeAGapIsNoGap() {
    assertThat(Html.of("{} {}", "{}", "b").markup()).isEqualTo("{} b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nobody has signed in yet      | Nobody has signed in yet.
          it was used already; go on:   | It was used already; go on:
          mail.example.com is not there | mail.example.com is not there.
          invalid_grant: Bad Request    | invalid_grant: Bad Request.
          Done.                         | Done.
          https://mail.example.com/ is  | https://mail.example.com/ is.
          <b>                           | &lt;b&gt;
          """)
  void aReasonIsShownAsASentence(String reason, String shown) {
    assertThat(Html.reason(reason).markup()).isEqualTo("<p class=\"words\">" + shown + "</p>\n");
  }

  @Test
  void adviceIsAParagraphOfItsOwn() {
    assertThat(Html.reason("access_denied: No. — access was denied: sign in again").markup())
        .isEqualTo(
            """
            <p class="words">access_denied: No.</p>
            <p class="words">Access was denied: sign in again.</p>
            """);
  }

  @Test
  void gapsAndPartsMustMatch() {
    assertThatThrownBy(() -> Html.of("{} {}", "a")).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> Html.of("{}", "a", "b")).isInstanceOf(IllegalArgumentException.class);
  }
}
