package org.cloudmdirsync.unix;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;

/**
 * The service manager that started us, systemd mostly, and hears how we are: sd_notify(3).
 *
 * @param address of its datagram socket: a path, or a name in the abstract namespace after an
 *     {@code @}
 */
public record NotifySocket(String address) {
  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 02000000;
  private static final int MSG_NOSIGNAL = 0x4000;

  /** Of sockaddr_un in unix(7). */
  private static final int LONGEST_ADDRESS_BYTES = 108;

  /** The one of {@code $NOTIFY_SOCKET}; empty when nobody listens, or not in a way that we know. */
  public static Optional<NotifySocket> of(Map<String, String> environment) {
    return Optional.ofNullable(environment.get("NOTIFY_SOCKET"))
        .filter(address -> address.length() > 1 && "/@".indexOf(address.charAt(0)) >= 0)
        .map(NotifySocket::new);
  }

  /**
   * Tells it something; does not block for longer than its queue is full.
   *
   * @param state lines such as {@code READY=1}
   * @throws IOException when nobody listens any more
   */
  public void tell(String state) throws IOException {
    int socket = Native.socket(AF_UNIX, SOCK_DGRAM_CLOEXEC);
    try {
      Native.send(socket, state.getBytes(UTF_8), MSG_NOSIGNAL, socketAddress());
    } catch (IOException e) {
      throw new IOException(
          "cannot tell the service manager at " + address + ": " + e.getMessage(), e);
    } finally {
      Native.close(socket);
    }
  }

  /**
   * As sockaddr_un: the family, then the path with a zero after it, or the name with one before.
   */
  private byte[] socketAddress() throws IOException {
    byte[] name = address.getBytes(UTF_8);
    boolean isAbstract = name[0] == '@';
    int length = isAbstract ? name.length : name.length + 1;
    if (length > LONGEST_ADDRESS_BYTES) {
      throw new IOException("its address is too long");
    }
    ByteBuffer bytes = ByteBuffer.allocate(Short.BYTES + length).order(ByteOrder.nativeOrder());
    bytes.putShort((short) AF_UNIX).put(name);
    if (isAbstract) {
      bytes.put(Short.BYTES, (byte) 0);
    }
    return bytes.array();
  }
}
