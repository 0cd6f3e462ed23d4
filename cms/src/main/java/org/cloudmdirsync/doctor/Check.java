package org.cloudmdirsync.doctor;

import java.util.List;
import java.util.function.Supplier;

/**
 * Something to look at.
 *
 * @param needs what must have passed before, or there is no sense in looking
 * @param probe looks; may take some seconds
 */
record Check(String name, String subject, List<Check> needs, Supplier<Finding> probe) {
  Check {
    needs = List.copyOf(needs);
  }

  /** One that only tells that there is nothing to look at. */
  static Check skipped(String name, String subject, String why) {
    return new Check(name, subject, List.of(), () -> new Finding.Skipped(why));
  }

  /** Two checks are the same only if they are one. */
  @Override
  public boolean equals(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
