package org.cloudmdirsync.nativeclient;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import org.cloudmdirsync.client.Exchange;
import org.cloudmdirsync.client.ExitStatus;
import org.cloudmdirsync.client.Options;
import org.cloudmdirsync.client.Platform;
import org.teavm.interop.Address;
import org.teavm.interop.Strings;

/** The client's machine as the C library shows it. */
final class PosixPlatform implements Platform {
  private static final int LONGEST_FILE_NAME = 4096;
  private static final int FIRST_GUESS = 8192;

  @Override
  public String runtime() {
    return "native";
  }

  @Override
  public Optional<String> environment(String name) {
    Address value = Posix.getenv(Strings.toC(name));
    return value.toLong() == 0
        ? Optional.empty()
        : Optional.of(Strings.fromC(value)).filter(text -> !text.isEmpty());
  }

  @Override
  public boolean exists(String path) {
    return Posix.access(Strings.toC(path), Posix.F_OK) == 0;
  }

  @Override
  public Exchange exchange(String socket, byte[] request, int patienceMillis, int longestAnswer) {
    return UnixSocket.exchange(
        socket, request, System.currentTimeMillis() + patienceMillis, longestAnswer);
  }

  @Override
  public byte[] input(int longest) {
    byte[] input = new byte[FIRST_GUESS];
    int length = 0;
    while (length < longest) {
      if (length == input.length) {
        input = Arrays.copyOf(input, 2 * length);
      }
      int count = Posix.read(Posix.STDIN, Address.ofData(input).add(length), input.length - length);
      if (count == 0 || (count < 0 && Posix.errno() != Posix.EINTR)) {
        break;
      }
      length += Math.max(count, 0);
    }
    return Arrays.copyOf(input, Math.min(length, longest));
  }

  @Override
  public Optional<String> print(byte[] bytes) {
    return writeAll(Posix.STDOUT, bytes);
  }

  @Override
  public void complain(String lines) {
    // Where standard error takes nothing there is nobody to tell.
    writeAll(Posix.STDERR, lines.getBytes(UTF_8));
  }

  /** TLS needs the JDK, so the same program on the JVM does it; it stands beside this one. */
  @Override
  public int tryMail(String[] arguments, Options options, String socket) {
    String twin = directoryOfThisProgram() + "/cms-oauth-jvm";
    Posix.execv(Strings.toC(twin), argumentVector(twin, arguments));
    complain("cms-oauth: cannot start " + twin + ": " + error() + "\n");
    return ExitStatus.UNAVAILABLE;
  }

  /** What the last failed call had to say. */
  static String error() {
    return Strings.fromC(Posix.strerror(Posix.errno()));
  }

  private static Optional<String> writeAll(int descriptor, byte[] bytes) {
    int written = 0;
    while (written < bytes.length) {
      int count =
          Posix.write(descriptor, Address.ofData(bytes).add(written), bytes.length - written);
      if (count < 0 && Posix.errno() != Posix.EINTR) {
        return Optional.of(error());
      }
      written += Math.max(count, 0);
    }
    return Optional.empty();
  }

  private static String directoryOfThisProgram() {
    byte[] path = new byte[LONGEST_FILE_NAME];
    int length = Posix.readlink(Strings.toC("/proc/self/exe"), Address.ofData(path), path.length);
    String program = new String(path, 0, Math.max(length, 0), UTF_8);
    return program.substring(0, Math.max(program.lastIndexOf('/'), 0));
  }

  /** The C strings are never freed: execve(2) replaces all memory. */
  private static Address argumentVector(String program, String[] arguments) {
    long[] vector = new long[arguments.length + 2];
    vector[0] = Strings.toC(program).toLong();
    for (int i = 0; i < arguments.length; i++) {
      vector[i + 1] = Strings.toC(arguments[i]).toLong();
    }
    return Address.ofData(Arrays.copyOf(vector, vector.length));
  }
}
