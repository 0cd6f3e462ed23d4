package org.cloudmdirsync.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.doctor.Finding.Passed;
import org.cloudmdirsync.doctor.Finding.Skipped;
import org.junit.jupiter.api.Test;

class CheckUpTest {
  private static final Failed FAILED = Failed.of(Fault.UNAVAILABLE, "It is not there.", "Get it.");

  private boolean looked;
  private final Check broken = new Check("name", "host", List.of(), () -> FAILED);
  private final Check dependent = new Check("TLS", "host", List.of(broken), this::look);
  private final Check further = new Check("clock", "", List.of(dependent), this::look);
  private final Check independent = new Check("socket", "x", List.of(), () -> new Passed("there"));

  private Finding look() {
    looked = true;
    return new Passed("");
  }

  @Test
  void whatDependsOnAFailureIsNotLookedAtAndSaysSo() {
    List<Step> heard = new ArrayList<>();
    List<Step> steps = CheckUp.run(List.of(broken, dependent, further, independent), heard::add);
    assertThat(steps)
        .extracting(Step::finding)
        .containsExactly(
            FAILED,
            new Skipped("needs name host"),
            new Skipped("needs TLS host"),
            new Passed("there"));
    assertThat(looked).isFalse();
    assertThat(heard).isEqualTo(steps);
  }

  @Test
  void theFirstFailureIsExplainedInFull() {
    List<Step> steps = CheckUp.run(List.of(independent, broken, dependent), _ -> {});
    assertThat(new Findings(false).conclusion(steps))
        .contains("It breaks at: name host", "It is not there.", "What to do: Get it.");
    assertThat(Findings.firstFailure(steps)).contains(FAILED);
    assertThat(steps.stream().map(new Findings(false)::line))
        .containsExactly(
            "ok      socket x: there", "FAILED  name host", "skipped TLS host: needs name host");
    assertThat(new Findings(true).line(steps.get(1))).contains("\u001b[31;1m");
  }

  @Test
  void programsReadJson() {
    assertThat(Findings.json(CheckUp.run(List.of(broken, dependent), _ -> {})))
        .contains("\"healthy\": false", "\"fault\": \"unavailable\"", "\"first_failure\"");
    assertThat(Findings.json(CheckUp.run(List.of(independent), _ -> {})))
        .contains("\"healthy\": true")
        .doesNotContain("first_failure");
  }

  @Test
  void foreignWordsDoNotSteerTheTerminal() {
    Step step = new Step("SMTP sign-in", "x", new Passed("235 \u001b[2J ok\r\n"));
    assertThat(new Findings(false).line(step)).doesNotContain("\u001b", "\r", "\n");
  }
}
