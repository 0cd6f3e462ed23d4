package org.cloudmdirsync.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;

/**
 * A copy of a jar, not quite the same: its entries in the same order with the same times, so that a
 * build can be repeated.
 */
final class JarCopy {
  /** It draws one kind of code for us, and could read and write a dozen: a fourth of it. */
  private static final Pattern QR_CODES =
      Pattern.compile("META-INF/.*|com/google/zxing/([^/]+|common/.*|qrcode/.*)");

  private JarCopy() {}

  /** With its classes {@linkplain Lowering lowered}. */
  static void lowered(Path jar, Path copy) throws IOException {
    write(jar, copy, _ -> true, Lowering::lowered);
  }

  /** Of zxing, without what is not for QR codes. */
  static void forQrCodes(Path jar, Path copy) throws IOException {
    write(jar, copy, QR_CODES.asMatchPredicate(), bytes -> bytes);
  }

  private static void write(
      Path jar, Path copy, Predicate<String> kept, UnaryOperator<byte[]> classes)
      throws IOException {
    try (JarFile from = new JarFile(jar.toFile());
        JarOutputStream to = new JarOutputStream(Files.newOutputStream(copy))) {
      for (JarEntry entry : Collections.list(from.entries())) {
        if (kept.test(entry.getName())) {
          byte[] bytes = from.getInputStream(entry).readAllBytes();
          JarEntry same = new JarEntry(entry.getName());
          same.setTime(entry.getTime());
          to.putNextEntry(same);
          to.write(entry.getName().endsWith(".class") ? classes.apply(bytes) : bytes);
        }
      }
    }
    Files.setLastModifiedTime(copy, Files.getLastModifiedTime(jar));
  }
}
