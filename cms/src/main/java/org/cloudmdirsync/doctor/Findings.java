package org.cloudmdirsync.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Passed;
import org.cloudmdirsync.doctor.Finding.Skipped;
import org.cloudmdirsync.json.JsonText;

/** What was found, as people and programs read it. */
public final class Findings {
  private final boolean colours;

  /**
   * For people.
   *
   * @param colours whether where it is read can show them
   */
  public Findings(boolean colours) {
    this.colours = colours;
  }

  /** The first step that failed: where the way breaks. */
  public static Optional<Failed> firstFailure(List<Step> steps) {
    return failures(steps).findFirst().map(step -> (Failed) step.finding());
  }

  private static Stream<Step> failures(List<Step> steps) {
    return steps.stream().filter(step -> step.finding() instanceof Failed);
  }

  /** A step on one line. */
  public String line(Step step) {
    return switch (step.finding()) {
      case Passed(String seen) -> line("32", "ok", step, seen);
      case Failed _ -> line("31;1", "FAILED", step, "");
      case Skipped(String why) -> line("2", "skipped", step, why);
    };
  }

  private String line(String colour, String word, Step step, String words) {
    String rest = words.isEmpty() ? "" : ": " + clean(words);
    return painted(colour, "%-8s".formatted(word)) + clean(step.title()) + rest;
  }

  /** The first failure in full, and how many more there are; several lines. */
  public String conclusion(List<Step> steps) {
    List<Step> failures = failures(steps).toList();
    if (failures.isEmpty()) {
      return "All is well.\n";
    }
    String others =
        failures.size() == 1
            ? ""
            : "Then run this again: %d more failed, perhaps for the same reason.\n"
                .formatted(failures.size() - 1);
    return painted("1", "It breaks at: ") + explained(failures.getFirst()) + others;
  }

  /** Every failure in full; several lines. */
  String explanations(List<Step> steps) {
    return failures(steps).map(this::explained).collect(Collectors.joining("\n"));
  }

  private String explained(Step step) {
    if (!(step.finding() instanceof Failed(_, String cause, var said, String remedy))) {
      return "";
    }
    return clean(step.title())
        + "\n  "
        + clean(cause)
        + said.map(words -> "\n  They say: " + clean(words)).orElse("")
        + "\n"
        + painted("1", "What to do: ")
        + clean(remedy)
        + "\n";
  }

  private String painted(String colour, String text) {
    return colours ? "\u001b[" + colour + "m" + text + "\u001b[0m" : text;
  }

  /** Somebody else's words must not steer the terminal. */
  private static String clean(String words) {
    return words.replaceAll("\\p{Cntrl}", " ");
  }

  /** Everything, as one JSON object. */
  public static String json(List<Step> steps) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("healthy", firstFailure(steps).isEmpty());
    all.put("steps", steps.stream().map(Findings::members).toList());
    failures(steps).findFirst().ifPresent(step -> all.put("first_failure", members(step)));
    return JsonText.lines(all);
  }

  private static Map<String, Object> members(Step step) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("name", step.name());
    members.put("subject", step.subject());
    switch (step.finding()) {
      case Passed(String seen) -> {
        members.put("result", "passed");
        members.put("seen", seen);
      }
      case Failed(var fault, String cause, Optional<String> said, String remedy) -> {
        members.put("result", "failed");
        members.put("fault", fault.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
        members.put("cause", cause);
        said.ifPresent(words -> members.put("said", words));
        members.put("remedy", remedy);
      }
      case Skipped(String why) -> {
        members.put("result", "skipped");
        members.put("why", why);
      }
    }
    return members;
  }
}
