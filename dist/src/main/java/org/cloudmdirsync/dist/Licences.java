package org.cloudmdirsync.dist;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What the authors of the jars want to be read beside them. */
final class Licences {
  private static final Pattern TEXT = Pattern.compile("META-INF/([^/]*(LICENSE|NOTICE)[^/]*)");

  private Licences() {}

  /** Copies the texts in a jar into a directory that is named after it, beside the JDK's. */
  static void collect(Path jar, Path legal) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> texts =
          zip.stream().filter(entry -> TEXT.matcher(entry.getName()).matches()).toList();
      for (ZipEntry text : texts) {
        Path directory = legal.resolve(jar.getFileName().toString().replace(".jar", ""));
        Files.createDirectories(directory);
        try (InputStream in = zip.getInputStream(text)) {
          Files.copy(in, directory.resolve(text.getName().replace("META-INF/", "")));
        }
      }
    }
  }
}
