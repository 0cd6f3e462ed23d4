package org.cloudmdirsync.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

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

  @Test
  void gapsAndPartsMustMatch() {
    assertThatThrownBy(() -> Html.of("{} {}", "a")).isInstanceOf(NoSuchElementException.class);
    assertThatThrownBy(() -> Html.of("{}", "a", "b")).isInstanceOf(IllegalArgumentException.class);
  }
}
