package org.cloudmdirsync.tls;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

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
   * @throws IOException when the handshake fails or the certificate is not good for the host
   */
  public static SSLSocket secure(Trust trust, Socket plain, String host, int port)
      throws IOException {
    SSLSocket socket =
        (SSLSocket) trust.context().getSocketFactory().createSocket(plain, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(PROTOCOLS);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }
}
