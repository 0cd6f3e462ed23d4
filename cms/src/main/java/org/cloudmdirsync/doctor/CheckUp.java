package org.cloudmdirsync.doctor;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The checks in their order, each after those it needs. */
public final class CheckUp {
  private final Map<Check, Step> done = new HashMap<>();
  private final List<Step> steps = new ArrayList<>();
  private final Consumer<Step> watcher;

  private CheckUp(Consumer<Step> watcher) {
    this.watcher = watcher;
  }

  /**
   * Looks at everything there is to look at.
   *
   * @param watcher told of each step as soon as it is known
   */
  public static List<Step> of(Patient patient, Consumer<Step> watcher) {
    return run(new CheckList(patient).checks(), watcher);
  }

  static List<Step> run(List<Check> checks, Consumer<Step> watcher) {
    CheckUp checkUp = new CheckUp(watcher);
    checks.forEach(checkUp::step);
    return List.copyOf(checkUp.steps);
  }

  private void step(Check check) {
    Finding finding = obstacle(check).<Finding>map(Finding.Skipped::new).orElseGet(check.probe());
    Step step = new Step(check.name(), check.subject(), finding);
    done.put(check, step);
    steps.add(step);
    watcher.accept(step);
  }

  private Optional<String> obstacle(Check check) {
    return check.needs().stream()
        .map(done::get)
        .filter(needed -> needed != null && !needed.finding().good())
        .findFirst()
        .map(needed -> "needs " + needed.title());
  }
}
