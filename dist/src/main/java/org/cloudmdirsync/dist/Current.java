package org.cloudmdirsync.dist;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The link to the newest image. */
final class Current {
  private Current() {}

  /** Points the link at an image, in one step; whoever starts a program sees the old or the new. */
  static void replace(Path link, Path image) throws IOException {
    Path next = link.resolveSibling(link.getFileName() + ".new");
    Files.deleteIfExists(next);
    Files.createSymbolicLink(next, image.getFileName());
    Files.move(next, link, ATOMIC_MOVE);
  }

  /** Deletes all images but the newest two: a running daemon still reads the last one's files. */
  static void deleteOld(Path target) throws IOException {
    try (Stream<Path> entries = Files.list(target)) {
      List<Path> images =
          entries
              .filter(entry -> entry.getFileName().toString().startsWith("cms-"))
              .sorted(Comparator.reverseOrder())
              .toList();
      for (Path old : images.subList(Math.min(2, images.size()), images.size())) {
        deleteTree(old);
      }
    }
  }

  static void deleteTree(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
