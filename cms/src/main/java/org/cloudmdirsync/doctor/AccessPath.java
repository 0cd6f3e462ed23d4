package org.cloudmdirsync.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Everything on the way to a file that decides who may get there: the directories from the root on,
 * those that symbolic links lead through, and the file. Access control lists are not seen.
 */
record AccessPath(List<Place> places) {
  /** As the kernel counts (path_resolution(7)). */
  private static final int MOST_LINKS = 40;

  /**
   * A directory or, in the last place, the file.
   *
   * @param mode permission bits
   */
  record Place(Path path, long uid, long gid, int mode, boolean directory) {

    static Place of(Path path) throws IOException {
      Map<String, Object> attributes =
          Files.readAttributes(path, "unix:uid,gid,mode,isDirectory", LinkOption.NOFOLLOW_LINKS);
      return new Place(
          path,
          number(attributes, "uid"),
          number(attributes, "gid"),
          (int) number(attributes, "mode") & 0777,
          Boolean.TRUE.equals(attributes.get("isDirectory")));
    }

    private static long number(Map<String, Object> attributes, String name) {
      return attributes.get(name) instanceof Number number ? number.longValue() : -1;
    }
  }

  /** Somebody's way ends here. */
  record Obstacle(Place place) {
    private static final int SEARCH = 1;
    private static final int WRITE = 2;

    /** The bit that is missing. */
    private int bit() {
      return place.directory() ? SEARCH : WRITE;
    }

    /** What the system wants of whoever passes here. */
    String wants() {
      return place.directory() ? "the search right (x) on the directory" : "the write right (w)";
    }

    /** The command that mends it, without giving more than needed. */
    String mending(Person person) {
      String rights = place.directory() ? "x" : "rw";
      if (place.uid() == person.uid()) {
        return "chmod u+" + rights + " " + place.path();
      }
      if (person.groups().contains(place.gid())) {
        return "chmod g+" + rights + " " + place.path();
      }
      // Who may search a directory sees nothing in it whose name he does not know.
      return place.directory()
          ? "chmod o+x " + place.path()
          : "chgrp %s %s && chmod g+rw %2$s".formatted(person.name(), place.path());
    }
  }

  /**
   * Follows a path, which need not be visible to this program in whole.
   *
   * @throws IOException when a place is not there or may not be seen
   */
  static AccessPath to(Path path) throws IOException {
    List<Place> places = new ArrayList<>();
    follow(path.toAbsolutePath().normalize(), places, 0);
    return new AccessPath(List.copyOf(places));
  }

  private static void follow(Path path, List<Place> places, int links) throws IOException {
    if (links > MOST_LINKS) {
      throw new IOException("too many symbolic links in " + path);
    }
    Path at = path.getRoot();
    add(at, places);
    for (int i = 0; i < path.getNameCount(); i++) {
      Path next = at.resolve(path.getName(i));
      if (Files.isSymbolicLink(next)) {
        Path rest =
            i + 1 < path.getNameCount() ? path.subpath(i + 1, path.getNameCount()) : Path.of("");
        follow(
            at.resolve(Files.readSymbolicLink(next)).resolve(rest).normalize(), places, links + 1);
        return;
      }
      at = next;
      add(at, places);
    }
  }

  private static void add(Path path, List<Place> places) throws IOException {
    Place place = Place.of(path);
    if (!places.contains(place)) {
      places.add(place);
    }
  }

  /** The places that do not let this person pass to connect to the socket at the end. */
  List<Obstacle> obstacles(Person person) {
    return places.stream().map(Obstacle::new).filter(it -> !passes(person, it)).toList();
  }

  /** The one class of bits that counts (path_resolution(7)): owner, else group, else others. */
  private static boolean passes(Person person, Obstacle at) {
    if (person.isRoot()) {
      return true;
    }
    Place place = at.place();
    int shift = place.uid() == person.uid() ? 6 : person.groups().contains(place.gid()) ? 3 : 0;
    return (place.mode() >> shift & at.bit()) != 0;
  }
}
