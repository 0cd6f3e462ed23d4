package org.cloudmdirsync.dist;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** A Java runtime with the modules the product uses and no others. */
final class JdkRuntime {
  /**
   * The JDK's certificates, for machines that have none. Under their usual name the JDK would parse
   * all of them at the first TLS connection, whoever is trusted, to learn whether a certificate is
   * a public authority's and then refuse one for "*.co.uk": 40 ms. No other TLS client here does.
   */
  static final String AUTHORITIES = "lib/security/authorities";

  private JdkRuntime() {}

  /**
   * The JDK modules that some class in these jars refers to, comma-separated, and jdk.net, which
   * {@code unix.Peer} refers to by a string. Of Gson's own there is none but java.base: java.sql,
   * which it can do without, would come with three more.
   */
  static String modulesOf(List<Path> jars) {
    String classPath =
        jars.stream()
            .filter(jar -> !jar.getFileName().toString().startsWith("gson-"))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    String referred =
        tool(
            "jdeps",
            "--multi-release=25",
            "--ignore-missing-deps",
            "--print-module-deps",
            "--class-path=" + classPath,
            jars.getFirst().toString());
    return referred.strip() + ",jdk.net";
  }

  /** Of this one they look a class up by its name: it is how a program catches SIGHUP. */
  private static final String SIGNALS = "jdk.unsupported";

  /**
   * Links the runtime into a directory that must not exist yet.
   *
   * @param compression of the classes, as jlink calls it; they are inflated when they are loaded
   */
  static void link(String modules, String compression, Path directory) throws IOException {
    tool(
        "jlink",
        "--add-modules=" + modules + "," + SIGNALS,
        "--strip-debug",
        "--no-header-files",
        "--no-man-pages",
        // What Character.getName says: 150 KB.
        "--exclude-resources=/java.base/java/lang/uniName.dat",
        "--compress=" + compression,
        "--output=" + directory);
    shorten(directory.resolve("conf/security/java.security"));
    Files.move(directory.resolve("lib/security/cacerts"), directory.resolve(AUTHORITIES));
    // Read for certificates of public authorities, of which the JDK now knows none: see above.
    Files.deleteIfExists(directory.resolve("lib/security/public_suffix_list.dat"));
  }

  /**
   * The JVM reads the whole file at start: 72 KB, of which 69 are comments. What provides security
   * beyond java.base is not in the runtime, and would be looked for in every jar.
   */
  private static void shorten(Path file) throws IOException {
    Files.write(
        file,
        Files.readAllLines(file).stream()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .filter(line -> !line.startsWith("security.provider.") || ofJavaBase(line))
            .toList());
  }

  private static boolean ofJavaBase(String line) {
    return List.of("SUN", "SunRsaSign", "SunEC", "SunJSSE", "SunJCE")
        .contains(line.substring(line.indexOf('=') + 1));
  }

  private static String tool(String name, String... arguments) {
    ToolProvider tool =
        ToolProvider.findFirst(name)
            .orElseThrow(() -> new IllegalStateException("this JDK has no " + name));
    StringWriter output = new StringWriter();
    PrintWriter printer = new PrintWriter(output);
    if (tool.run(printer, printer, arguments) != 0) {
      throw new IllegalStateException(name + " failed: " + output);
    }
    return output.toString();
  }
}
