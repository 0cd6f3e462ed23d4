package org.cloudmdirsync.tls;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** Puts TLS on a connected socket, with the host name verified. */
public final class TlsSockets {
  /** RFC 8996 forbids 1.0 and 1.1. */
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private TlsSockets() {}

  /**
   * Shakes hands and verifies that the certificate is valid for {@code host} (RFC 9525; the JDK
   * calls the procedure HTTPS whatever protocol is spoken).
   *
   * @param host a name, or an address without brackets
   * @throws IOException when the handshake fails or the certificate is not good for the host; the
   *     plain socket is closed then
   */
  public static SSLSocket secure(Trust trust, Socket plain, String host, int port)
      throws IOException {
    return secure(trust, plain, host, port, /* groups= */ null);
  }

  /** Does so with a choice of groups (RFC 8446 section 4.2.7); null leaves it to the JDK. */
  static SSLSocket secure(
      Trust trust, Socket plain, String host, int port, String @Nullable [] groups)
      throws IOException {
    try {
      SSLSocket socket =
          (SSLSocket) trust.context().getSocketFactory().createSocket(plain, host, port, true);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      parameters.setProtocols(PROTOCOLS);
      parameters.setNamedGroups(groups);
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket;
    } catch (IOException e) {
      plain.close();
      throw e;
    }
  }
}
