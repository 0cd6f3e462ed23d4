package org.cloudmdirsync.nativeclient;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Optional;
import org.cloudmdirsync.client.Exchange;
import org.cloudmdirsync.credential.ReceivedReply;
import org.teavm.interop.Address;

/**
 * One conversation on a UNIX socket. The descriptor never blocks; poll(2) does the waiting, up to
 * the deadline.
 */
final class UnixSocket {
  /** sockaddr_un: two bytes of family, then the path and a NUL. */
  private static final int PATH_OFFSET = 2;

  private static final int LONGEST_PATH = 107;
  private static final int FIRST_GUESS = 8192;

  /** connect(2) on a UNIX socket cannot be waited for: a daemon with a full backlog says EAGAIN. */
  private static final int CONNECT_AGAIN_MILLIS = 10;

  private final int descriptor;
  private final long deadline;

  private UnixSocket(int descriptor, long deadline) {
    this.descriptor = descriptor;
    this.deadline = deadline;
  }

  /**
   * Sends the request and reads everything there is to read.
   *
   * @param deadline in milliseconds of the system's clock
   */
  static Exchange exchange(String path, byte[] request, long deadline, int longestAnswer) {
    byte[] name = path.getBytes(UTF_8);
    if (name.length > LONGEST_PATH) {
      return new Exchange.NoDaemon("the path is longer than " + LONGEST_PATH + " bytes");
    }
    int descriptor = Posix.socket(Posix.AF_UNIX, Posix.SOCK_STREAM | Posix.O_NONBLOCK, 0);
    if (descriptor < 0) {
      return new Exchange.Unfinished(PosixPlatform.error());
    }
    UnixSocket socket = new UnixSocket(descriptor, deadline);
    Exchange exchange =
        socket
            .connect(name)
            .or(() -> socket.send(request))
            .orElseGet(() -> socket.receive(longestAnswer));
    Posix.close(descriptor);
    return exchange;
  }

  private Optional<Exchange> connect(byte[] name) {
    byte[] address = new byte[PATH_OFFSET + LONGEST_PATH + 1];
    address[0] = Posix.AF_UNIX;
    System.arraycopy(name, 0, address, PATH_OFFSET, name.length);
    while (Posix.connect(descriptor, Address.ofData(address), address.length) != 0) {
      int errno = Posix.errno();
      if (errno == Posix.EACCES) {
        return Optional.of(new Exchange.Forbidden());
      }
      if (errno != Posix.EAGAIN && errno != Posix.EINTR) {
        return Optional.of(new Exchange.NoDaemon(PosixPlatform.error()));
      }
      if (remainingMillis() == 0) {
        return Optional.of(outOfPatience());
      }
      Posix.poll(Address.ofData(new byte[0]), 0, CONNECT_AGAIN_MILLIS);
    }
    return Optional.empty();
  }

  private Optional<Exchange> send(byte[] request) {
    int sent = 0;
    while (sent < request.length) {
      int count = Posix.write(descriptor, Address.ofData(request).add(sent), request.length - sent);
      if (count < 0 && !canGoOn(Posix.POLLOUT)) {
        return Optional.of(failure());
      }
      sent += Math.max(count, 0);
    }
    Posix.shutdown(descriptor, Posix.SHUT_WR);
    return Optional.empty();
  }

  private Exchange receive(int longestAnswer) {
    byte[] answer = new byte[FIRST_GUESS];
    int length = 0;
    while (true) {
      int count =
          Posix.read(descriptor, Address.ofData(answer).add(length), answer.length - length);
      if (count == 0) {
        return new Exchange.Answered(ReceivedReply.decode(Arrays.copyOf(answer, length)));
      }
      if (count < 0 && !canGoOn(Posix.POLLIN)) {
        return failure();
      }
      length += Math.max(count, 0);
      if (length >= longestAnswer) {
        return new Exchange.Unfinished("more than " + longestAnswer + " bytes");
      }
      if (length == answer.length) {
        answer = Arrays.copyOf(answer, 2 * length);
      }
    }
  }

  /** After a call that failed: waits if that helps; false once nothing helps. */
  private boolean canGoOn(int event) {
    int errno = Posix.errno();
    if (errno == Posix.EINTR) {
      return true;
    }
    if (errno != Posix.EAGAIN) {
      return false;
    }
    byte[] pollfd = new byte[8];
    for (int i = 0; i < 4; i++) {
      pollfd[i] = (byte) (descriptor >> (8 * i));
    }
    pollfd[4] = (byte) event;
    int millis = remainingMillis();
    return millis > 0 && Posix.poll(Address.ofData(pollfd), 1, millis) >= 0;
  }

  private Exchange failure() {
    return remainingMillis() == 0
        ? outOfPatience()
        : new Exchange.Unfinished(PosixPlatform.error());
  }

  private static Exchange outOfPatience() {
    return new Exchange.Unfinished("it took too long");
  }

  private int remainingMillis() {
    return (int) Math.max(0, deadline - System.currentTimeMillis());
  }
}
