package org.cloudmdirsync.doctor;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A user of this machine as the kernel sees one.
 *
 * @param gid the first group
 * @param groups the numbers of all groups, the first one's too
 */
public record Person(String name, long uid, long gid, Set<Long> groups) {
  /** A directory service may have to be asked. */
  private static final long PATIENCE_SECONDS = 10;

  /** Whoever runs this program. */
  public static Optional<Person> self() {
    return id(List.of(), "-un").flatMap(Person::named);
  }

  /** A user by name, as id(1) knows them, wherever they are kept; empty when there is none. */
  public static Optional<Person> named(String name) {
    if (name.isEmpty() || name.startsWith("-")) {
      return Optional.empty();
    }
    Optional<String> uid = id(List.of(name), "-u");
    Optional<String> gid = id(List.of(name), "-g");
    Optional<String> groups = id(List.of(name), "-G");
    return uid.isPresent() && gid.isPresent() && groups.isPresent()
        ? Optional.of(
            new Person(
                name, Long.parseLong(uid.get()), Long.parseLong(gid.get()), numbers(groups.get())))
        : Optional.empty();
  }

  boolean isRoot() {
    return uid == 0;
  }

  private static Set<Long> numbers(String words) {
    return Stream.of(words.split(" +")).map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<String> id(List<String> of, String option) {
    return Command.run(
            Stream.concat(Stream.of("id", option), of.stream()).toList(), PATIENCE_SECONDS)
        .filter(ended -> ended.status() == 0)
        .map(ended -> ended.out().strip())
        .filter(text -> !text.isEmpty());
  }
}
