package org.cloudmdirsync.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Judged by the parser of Prometheus' own Python client. */
@Timeout(60)
class MetricsTextTest {
  private static final String PARSER =
      """
      import sys
      from prometheus_client.parser import text_string_to_metric_families
      for family in text_string_to_metric_families(sys.stdin.read()):
          for name, labels, value, *_ in family.samples:
              print(family.type, name, sorted(labels.items()), value)
      """;

  @Test
  void isReadAsItWasMeant() throws IOException, InterruptedException {
    assumeTrue(
        Files.exists(Path.of("/usr/lib/python3/dist-packages/prometheus_client")),
        "python3-prometheus-client is not installed");
    MetricsText text = new MetricsText();
    text.counter("cms_a_total", "Some.");
    text.sample(3, "socket", "/run/a \"b\\c\nd{}=,.sock", "outcome", "token");
    text.sample(0, "socket", "", "outcome", "é");
    text.gauge("cms_b", "Others.");
    text.sample(-1);
    text.counter("cms_c_total", "None.");
    assertThat(read(text.toString()))
        .isEqualTo(
            """
            counter cms_a_total [('outcome', 'token'), ('socket', '/run/a "b\\\\c\\nd{}=,.sock')] 3.0
            counter cms_a_total [('outcome', 'é'), ('socket', '')] 0.0
            gauge cms_b [] -1.0
            """);
  }

  private static String read(String text) throws IOException, InterruptedException {
    Process parser =
        new ProcessBuilder("/usr/bin/python3", "-X", "utf8", "-c", PARSER)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var in = parser.getOutputStream()) {
      in.write(text.getBytes(UTF_8));
    }
    String read = new String(parser.getInputStream().readAllBytes(), UTF_8);
    assertThat(parser.waitFor()).isZero();
    return read;
  }
}
