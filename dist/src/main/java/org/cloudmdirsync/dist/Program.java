package org.cloudmdirsync.dist;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program on the JVM: how it is started.
 *
 * @param name of its launch script in {@code bin/}
 * @param mainClass where it starts
 * @param jars file names in {@code lib/cms/}, in class path order
 * @param flags of the JVM; the cache is trained with the same ones, or the JVM refuses it
 * @param preparation what the launch script does before, in shell
 */
record Program(
    String name, String mainClass, List<String> jars, List<String> flags, String preparation) {
  /** Else the JDK looks for providers in every jar: 6 ms. */
  private static final String SELECTORS =
      "-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider";

  /**
   * Forked for every mail: no compiler threads, and nothing that is set up to be fast later. Only a
   * trial of a mail server computes much: TLS takes the interpreter 4 s, compiled code 0.7 s.
   */
  static Program client(List<Path> jars) {
    return new Program(
        "cms-oauth-jvm",
        "org.cloudmdirsync.client.CmsOauth",
        List.of(jars.getFirst().getFileName().toString()),
        List.of(
            "-XX:+UseSerialGC",
            "$mode",
            "-XX:-UsePerfData",
            "-Djavax.net.ssl.trustStore=\"$bin/../" + JdkRuntime.AUTHORITIES + "\"",
            // The JVM's own complaints go to standard output, where a mail program expects a token.
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            SELECTORS,
            // Else the first reflective constructor spins method handles: 5 ms.
            "-Djdk.reflect.useNativeAccessorOnly=true"),
        """
        case " $*" in *" --te"*) mode=-XX:TieredStopAtLevel=1 ;; *) mode=-Xint ;; esac
        """);
  }

  /** Lives for weeks and does little: small rather than fast. */
  static Program daemon(List<Path> jars) {
    return new Program(
        "cloud-mdir-sync",
        "org.cloudmdirsync.app.CloudMdirSync",
        jars.stream().map(jar -> jar.getFileName().toString()).toList(),
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // What runs once at start is not worth compiling, so that is done four times later than
            // usual; what loops, which is cryptography, is compiled sooner. By one thread.
            "-XX:CompileThresholdScaling=4",
            "-XX:Tier3MinInvocationThreshold=10",
            "-XX:Tier3CompileThreshold=250",
            "-XX:CICompilerCount=1",
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-XX:ReservedCodeCacheSize=16m",
            // Room for young objects: a collection takes a start 1 ms.
            "-Xms6m",
            "-Xmn3m",
            "-Xmx64m",
            // What a passphrase takes to become a key is given back at once.
            "-XX:-ShrinkHeapInSteps",
            // A daemon without memory is dead but looks alive; systemd starts it again.
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:-UsePerfData",
            "-Djavax.net.ssl.trustStore=\"$bin/../" + JdkRuntime.AUTHORITIES + "\"",
            // Else the first reflective constructor spins method handles: 5 ms.
            "-Djdk.reflect.useNativeAccessorOnly=true",
            SELECTORS,
            "-Dcom.sun.net.httpserver.HttpServerProvider=sun.net.httpserver.DefaultHttpServerProvider",
            // Else what wakes virtual threads are virtual threads, whose names spin method handles:
            // 6 ms.
            "-Djdk.pollerMode=1",
            "-Xlog:disable",
            "-Xlog:all=error:stderr",
            // Who asks on a socket: unix.Peer.
            "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-opens=jdk.net/jdk.net=ALL-UNNAMED",
            // systemd: unix.Native.
            "--enable-native-access=ALL-UNNAMED"),
        // Tokens are in the memory: no core dumps. glibc keeps a heap per thread otherwise.
        "ulimit -c 0\nexport MALLOC_ARENA_MAX=1\n");
  }

  /** The cache's file name in {@code lib/cms/}. */
  String cache() {
    return name + ".aot";
  }

  /** Without these an archive is refused in part, with complaints at every start. */
  List<String> moduleFlags() {
    return flags.stream()
        .filter(flag -> flag.startsWith("--add-opens") || flag.startsWith("--enable-native"))
        .toList();
  }

  /** The same, with class path and modules of another: so it can use that one's archive. */
  Program onClassPathOf(Program other) {
    List<String> all = Stream.concat(flags.stream(), other.moduleFlags().stream()).toList();
    return new Program(name, mainClass, other.jars, all, preparation);
  }

  /** Starts the program from its cache, wherever the image stands. */
  String launchScript() {
    // There are no profiles in it, see below; to look for them takes 9 ms. To move it from the
    // address it was made for takes 6 ms, and makes 9 MB of it the process's own.
    return script(
        "-XX:+UnlockDiagnosticVMOptions -XX:-AOTReplayTraining -XX:ArchiveRelocationMode=0"
            + " -XX:AOTCache="
            + inLib(cache()));
  }

  /** Starts the program from the archive of a package. */
  String packagedScript() {
    return script("-XX:SharedArchiveFile=" + inLib(ClassArchive.FILE_NAME));
  }

  /** Starts the program and writes the names of all classes it loaded when it ends. */
  String recordingScript(Path classes) {
    return script("-XX:DumpLoadedClassList='" + classes + "'");
  }

  /** Starts the program and writes its cache when it ends. */
  String trainingScript() {
    // Profiles of methods would be replayed at every start: 20 ms and 5 MB, for a program that soon
    // idles.
    return script(
        "-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -XX:AOTCacheOutput="
            + inLib(cache()));
  }

  private static String inLib(String file) {
    return "\"$lib/" + file + "\"";
  }

  private String script(String cacheOption) {
    return """
    #!/bin/sh
    self=$0
    [ ! -L "$self" ] || self=$(readlink -f "$self")
    case $self in */*) bin=${self%%/*} ;; *) bin=. ;; esac
    lib=$bin/../lib/cms
    # Other flags would make the cache unusable.
    unset JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS
    # File names and arguments are UTF-8, also where exim or cron set no locale.
    case ${LC_ALL:-${LC_CTYPE:-$LANG}} in '' | C | POSIX) unset LC_ALL; export LC_CTYPE=C.UTF-8 ;; esac
    %sexec "$bin/java" %s \\
      %s \\
      -cp "%s" %s "$@"
    """
        .formatted(
            preparation,
            cacheOption,
            String.join(" ", flags),
            jars.stream().map(jar -> "$lib/" + jar).collect(Collectors.joining(":")),
            mainClass);
  }
}
