package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cloudmdirsync.simulator.Switch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a person or a machine may do to the daemon from outside: it says what is wrong and what to
 * do, in a line or three, and leaves nothing half done. Needs root, to be another user and to make
 * a disk that can be full.
 */
class BadInputIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CONFIGURATION = 78;
  private static final int CANNOT_CREATE = 73;

  /** Neither root, whom no mode stops, nor the owner of what is not to be read or written. */
  private static final String SOMEBODY = "Debian-exim";

  @TempDir Path directory;

  @BeforeEach
  void giveThemTheDirectory() throws IOException {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.setOwner(
        directory,
        directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(SOMEBODY));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        argumentSet(
            "a number for a name",
            "a = Office365_Account(user=5)\n",
            ":1:28: \"user\" must be a string, not a number"),
        argumentSet(
            "a name for a list",
            """
            a = Office365_Account(user="ann@example.com")
            CredentialServer("/tmp/cms.sock", accounts="ann")
            """,
            ":2:44: \"accounts\" must be a list"),
        argumentSet(
            "two accounts of one user",
            """
            a = Office365_Account(user="ann@example.com")
            b = Office365_Account(user="ann@example.com", sasl_user="x@example.com")
            CredentialServer("/tmp/cms.sock", accounts=[a, b])
            """,
            ":2:5: ann@example.com has an account already"),
        argumentSet("not even text", "\u0000\u0001\u0002\n", ":1:1: "));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void namesTheMistake(String configuration, String expected) throws Exception {
    Path file = Files.writeString(directory.resolve("mistaken.cfg"), configuration);
    Run run = daemon(file);
    assertThat(run.status()).as(run.said()).isEqualTo(CONFIGURATION);
    assertThat(run.err()).contains("mistaken.cfg").contains(expected);
  }

  @Test
  void saysThatItMayNotReadItsConfiguration() throws Exception {
    Path file = Files.writeString(directory.resolve("secret.cfg"), "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Run run = daemon(file);
    assertThat(run.status()).as(run.said()).isEqualTo(CONFIGURATION);
    assertThat(run.err()).contains("secret.cfg").contains("permission").hasLineCount(1);
  }

  @Test
  void saysWhichDirectoryOfTheSocketIsMissing() throws Exception {
    Run run = started("{socket}", directory.resolve("nowhere/cms.sock"));
    assertThat(run.err()).contains("there is no directory").contains("mkdir -p");
  }

  @Test
  void saysWhoseTheDirectoryOfTheSocketIs() throws Exception {
    Path foreign = unwritable("foreign");
    Run run = started("{socket}", foreign.resolve("cms.sock"));
    assertThat(run.err()).contains("no permission").contains(foreign + ", which belongs to root");
  }

  @Test
  void saysThatItsStateCannotBeWritten() throws Exception {
    Path state = unwritable("read-only");
    Run run = started("{state}", state);
    assertThat(run.err()).contains(state.toString()).contains("permission denied");
  }

  @Test
  void saysThatItsStateCannotBeMade() throws Exception {
    Path state = unwritable("above").resolve("state");
    Run run = started("{state}", state);
    assertThat(run.err()).contains(state.toString()).contains("permission denied");
  }

  @Test
  void servesOnWhileTheDiskIsFullAndLosesNothing() throws Exception {
    Path disk = Files.createDirectory(directory.resolve("disk"));
    run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString());
    try (Scene scene =
        Scene.set(
            directory,
            Broker.generic(Scene.USER).replace("{state}", disk.resolve("state").toString()))) {
      scene.cloud.switches().set(Switch.TOKEN_LIFE, 8);
      scene.broker.start().signIn(Scene.USER);
      String before = scene.broker.token(Scene.USER);
      fill(disk.resolve("filler"));
      scene.broker.awaitLog("No space left on device; free some space");
      assertThat(scene.broker.log())
          .containsOnlyOnce("free some space")
          .containsPattern("warning: .*free some space");
      assertThat(RawClient.token(scene.broker.socket(), Scene.USER)).isIn(before, "");
      Files.delete(disk.resolve("filler"));
      Eventually.holds(
          "a fresh token",
          PATIENCE,
          () -> {
            String served = RawClient.token(scene.broker.socket(), Scene.USER);
            return !served.isEmpty() && !served.equals(before);
          });
      assertThat(scene.cloud.counters().get("sign-ins")).isEqualTo(1);
      assertThat(scene.cloud.counters().get("reuses")).isZero();
    } finally {
      run("umount", "--lazy", disk.toString());
    }
  }

  /** Runs the daemon to its end on a configuration with one place replaced. */
  private Run started(String place, Path by) throws Exception {
    try (Scene scene =
        Scene.set(directory, Broker.microsoft(Scene.USER).replace(place, by.toString()))) {
      Run run = daemon(scene.broker.configuration());
      assertThat(run.status()).as(run.said()).isEqualTo(CANNOT_CREATE);
      assertThat(run.err().lines().filter(line -> !line.contains("key of the stored tokens")))
          .singleElement()
          .asString()
          .contains("cannot start");
      assertThat(scene.broker.socket()).doesNotExist();
      return run;
    }
  }

  private Path unwritable(String name) throws IOException {
    Path made = Files.createDirectory(directory.resolve(name));
    return Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("r-xr-xr-x"));
  }

  /** The daemon as {@link #SOMEBODY}, who must be able to reach the built programs. */
  private static Run daemon(Path configuration) throws Exception {
    return Run.of(
        Map.of("BROWSER", "true"),
        "",
        List.of(
            Programs.installed("setpriv"),
            "--reuid=" + SOMEBODY,
            "--regid=" + SOMEBODY,
            "--clear-groups",
            Programs.built("cloud-mdir-sync"),
            "-c",
            configuration.toString()));
  }

  private static void run(String program, String... arguments) throws Exception {
    List<String> command =
        Stream.concat(Stream.of(Programs.installed(program)), Stream.of(arguments)).toList();
    Run run = Run.of(Map.of(), "", command);
    assertThat(run.status()).as(command + " needs root: " + run.said()).isZero();
  }

  private static void fill(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] block = new byte[1024];
      while (true) {
        out.write(block);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
    }
  }
}
