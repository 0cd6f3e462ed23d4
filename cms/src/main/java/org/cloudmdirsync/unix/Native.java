package org.cloudmdirsync.unix;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The C library's functions that Java has no word for, called through java.lang.foreign. Loading
 * this takes 25 ms of processor time and 6 MB, so only those who need it may touch it.
 */
final class Native {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
  private static final MemoryLayout STATE = Linker.Option.captureStateLayout();

  private static final MethodHandle SOCKET =
      function("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SENDTO =
      function(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private Native() {}

  /** socket(2). */
  static int socket(int domain, int type) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int descriptor = (int) SOCKET.invokeExact(state, domain, type, 0);
      check("socket", descriptor, state);
      return descriptor;
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** sendto(2), without a signal. */
  static void send(int descriptor, byte[] message, int flags, byte[] address) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment text = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
      MemorySegment to = arena.allocateFrom(ValueLayout.JAVA_BYTE, address);
      long sent =
          (long)
              SENDTO.invokeExact(
                  state, descriptor, text, (long) message.length, flags, to, address.length);
      check("sendto", sent, state);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  /** close(2). */
  static void close(int descriptor) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      check("close", (int) CLOSE.invokeExact(state, descriptor), state);
    } catch (Throwable e) {
      throw rethrown(e);
    }
  }

  private static void check(String function, long result, MemorySegment state) throws IOException {
    if (result < 0) {
      int number =
          (int) STATE.varHandle(MemoryLayout.PathElement.groupElement("errno")).get(state, 0L);
      throw new IOException(function + " failed: errno " + number);
    }
  }

  private static IOException rethrown(Throwable e) {
    return switch (e) {
      case IOException failed -> failed;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      case Throwable other -> throw new IllegalStateException(other);
    };
  }

  @SuppressWarnings("restricted") // the launch script allows it
  private static MethodHandle function(String name, FunctionDescriptor type) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), type, ERRNO);
  }
}
