package org.cloudmdirsync.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** A copy of a jar, its classes {@linkplain Lowering lowered}. */
final class LoweredJar {
  private LoweredJar() {}

  /** The same entries in the same order with the same times, so that a build can be repeated. */
  static void write(Path jar, Path copy) throws IOException {
    try (JarFile from = new JarFile(jar.toFile());
        JarOutputStream to = new JarOutputStream(Files.newOutputStream(copy))) {
      for (JarEntry entry : Collections.list(from.entries())) {
        byte[] bytes = from.getInputStream(entry).readAllBytes();
        JarEntry same = new JarEntry(entry.getName());
        same.setTime(entry.getTime());
        to.putNextEntry(same);
        to.write(entry.getName().endsWith(".class") ? Lowering.lowered(bytes) : bytes);
      }
    }
    Files.setLastModifiedTime(copy, Files.getLastModifiedTime(jar));
  }
}
