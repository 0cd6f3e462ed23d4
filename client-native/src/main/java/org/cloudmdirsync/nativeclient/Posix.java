package org.cloudmdirsync.nativeclient;

import org.teavm.interop.Address;
import org.teavm.interop.Import;
import org.teavm.interop.c.Include;

/** The calls of the C library that the client needs, by their own names. */
final class Posix {
  static final int AF_UNIX = 1;
  static final int SOCK_STREAM = 1;
  static final int SHUT_WR = 1;
  static final int F_OK = 0;
  static final int O_NONBLOCK = 0x800;
  static final int POLLIN = 1;
  static final int POLLOUT = 4;
  static final int SIGPIPE = 13;
  static final int STDIN = 0;
  static final int STDOUT = 1;
  static final int STDERR = 2;

  static final int EINTR = 4;
  static final int EAGAIN = 11;
  static final int EACCES = 13;

  private Posix() {}

  @Import(name = "socket")
  @Include("sys/socket.h")
  static native int socket(int domain, int type, int protocol);

  @Import(name = "connect")
  @Include("sys/socket.h")
  static native int connect(int descriptor, Address address, int length);

  @Import(name = "shutdown")
  @Include("sys/socket.h")
  static native int shutdown(int descriptor, int how);

  @Import(name = "poll")
  @Include("poll.h")
  static native int poll(Address descriptors, int count, int timeoutMillis);

  @Import(name = "read")
  @Include("unistd.h")
  static native int read(int descriptor, Address buffer, int length);

  @Import(name = "write")
  @Include("unistd.h")
  static native int write(int descriptor, Address buffer, int length);

  @Import(name = "close")
  @Include("unistd.h")
  static native int close(int descriptor);

  @Import(name = "access")
  @Include("unistd.h")
  static native int access(Address path, int mode);

  @Import(name = "readlink")
  @Include("unistd.h")
  static native int readlink(Address path, Address buffer, int length);

  @Import(name = "execv")
  @Include("unistd.h")
  static native int execv(Address path, Address arguments);

  @Import(name = "getenv")
  @Include("stdlib.h")
  static native Address getenv(Address name);

  @Import(name = "exit")
  @Include("stdlib.h")
  static native void exit(int status);

  @Import(name = "signal")
  @Include("signal.h")
  static native Address signal(int number, Address handler);

  @Import(name = "strerror")
  @Include("string.h")
  static native Address strerror(int errno);

  /** What the macro {@code errno} stands for in both glibc and musl. */
  @Import(name = "__errno_location")
  @Include("errno.h")
  static native Address errnoLocation();

  static int errno() {
    return errnoLocation().getInt();
  }
}
