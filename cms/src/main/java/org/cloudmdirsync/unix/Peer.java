package org.cloudmdirsync.unix;

import java.io.FileDescriptor;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Who is at the other end of a UNIX socket, as the kernel noted it at connect(2): SO_PEERCRED of
 * unix(7). Nobody can lie about it, but the process may have ended since, or run another program.
 *
 * <p>Java tells names alone, and reads /etc/passwd for them each time. The foreign function
 * interface would cost every start 25 ms of processor time and 6 MB. So this calls what the JDK has
 * underneath, which costs nothing and 0.6 µs a peer in the end; the launch script opens the two
 * packages, and the release of the JDK is ours to choose.
 *
 * @param pid of the process that connected
 * @param uid its effective user
 * @param gid its effective group; of its other groups the kernel tells nothing here
 */
public record Peer(int pid, int uid, int gid) {
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;

  /** So many are asked by reflection: method handles save 2 µs each, and take 8 ms to be made. */
  static final int FEW = 1000;

  private static int asked;

  /**
   * Makes sure that {@link #of} will work.
   *
   * @throws IOException when this Java was not started with what it takes
   */
  public static void prepare() throws IOException {
    try {
      Objects.requireNonNull(Jdk.PEER_IDS);
    } catch (LinkageError closed) {
      throw new IOException(
          "this Java does not tell who asks on a socket; start it as bin/cloud-mdir-sync does",
          closed);
    }
  }

  /**
   * Asks the kernel.
   *
   * @throws IOException when the channel is closed
   */
  public static Peer of(SocketChannel channel) throws IOException {
    try {
      if (asked < FEW) {
        asked++; // a race only puts it off
        return Jdk.peer(channel);
      }
      return Handles.peer(channel);
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Peer of(int pid, long ids) {
    return new Peer(pid, (int) (ids >> Integer.SIZE), (int) ids);
  }

  /**
   * The user we are. From /proc/self/status, since /proc/self itself is root's for a process that
   * may not be dumped (proc(5)).
   */
  public static int ourUser() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("Uid:")) {
        return Integer.parseUnsignedInt(line.split("\t")[ /* real, effective */2]);
      }
    }
    throw new IOException("/proc/self/status does not say who we are");
  }

  /** What the JDK keeps to itself; loaded before the first peer. */
  private static final class Jdk {
    static final Method DESCRIPTOR = open("sun.nio.ch.SocketChannelImpl", "getFD");
    static final Method NUMBER = open("sun.nio.ch.SocketChannelImpl", "getFDVal");

    /** The option's value is pid, uid, gid; this one reads the first four bytes of it. */
    static final Method INT_OPTION =
        open(
            "sun.nio.ch.Net",
            "getIntOption0",
            FileDescriptor.class,
            boolean.class,
            int.class,
            int.class);

    static final Method PEER_IDS = open("jdk.net.LinuxSocketOptions", "getSoPeerCred0", int.class);

    private static Method open(String type, String name, Class<?>... parameters) {
      try {
        Method method = Class.forName(type).getDeclaredMethod(name, parameters);
        method.setAccessible(true);
        return method;
      } catch (ReflectiveOperationException | RuntimeException closed) {
        throw new LinkageError(type + "." + name + " cannot be called", closed);
      }
    }

    static Peer peer(SocketChannel channel) throws Throwable {
      try {
        Object descriptor = DESCRIPTOR.invoke(channel);
        int pid = (int) INT_OPTION.invoke(null, descriptor, false, SOL_SOCKET, SO_PEERCRED);
        return Peer.of(pid, (long) PEER_IDS.invoke(null, NUMBER.invoke(channel)));
      } catch (InvocationTargetException failed) {
        throw failed.getCause();
      }
    }
  }

  /** The same, faster. */
  private static final class Handles {
    static final MethodHandle DESCRIPTOR =
        of(Jdk.DESCRIPTOR, MethodType.methodType(FileDescriptor.class, SocketChannel.class));
    static final MethodHandle NUMBER =
        of(Jdk.NUMBER, MethodType.methodType(int.class, SocketChannel.class));
    static final MethodHandle INT_OPTION =
        of(
            Jdk.INT_OPTION,
            MethodType.methodType(
                int.class, FileDescriptor.class, boolean.class, int.class, int.class));
    static final MethodHandle PEER_IDS =
        of(Jdk.PEER_IDS, MethodType.methodType(long.class, int.class));

    private static MethodHandle of(Method method, MethodType type) {
      try {
        return MethodHandles.lookup().unreflect(method).asType(type);
      } catch (IllegalAccessException impossible) {
        throw new LinkageError(method + " is open", impossible);
      }
    }

    static Peer peer(SocketChannel channel) throws Throwable {
      FileDescriptor descriptor = (FileDescriptor) DESCRIPTOR.invokeExact(channel);
      int pid = (int) INT_OPTION.invokeExact(descriptor, false, SOL_SOCKET, SO_PEERCRED);
      return Peer.of(pid, (long) PEER_IDS.invokeExact((int) NUMBER.invokeExact(channel)));
    }
  }
}
