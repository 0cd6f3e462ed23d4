package org.cloudmdirsync.doctor;

/**
 * A step of the way.
 *
 * @param name what was looked at, a word or two
 * @param subject of what: a path, a host, an account; may be empty
 */
public record Step(String name, String subject, Finding finding) {
  /** For a sentence. */
  String title() {
    return (name + " " + subject).strip();
  }
}
