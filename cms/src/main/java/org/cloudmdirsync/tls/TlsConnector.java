package org.cloudmdirsync.tls;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

/**
 * Connects with the key exchange that costs least, x25519, and with the JDK's others where a server
 * does not take it. Thread-safe.
 *
 * <p>By default the JDK makes a key pair for secp256r1 too, before it knows which one the server
 * wants; in a program that has just started this takes 50 ms of processor time, a third of a TLS
 * connection. x25519 is the one that all large providers choose.
 */
public final class TlsConnector {
  private static final String[] CHEAPEST = {"x25519"};

  private final Trust trust;

  /** Servers, as host and port, that wanted another group; asked at once with all of them. */
  private final Set<String> particular = ConcurrentHashMap.newKeySet();

  /** Makes a connection without TLS; called again for a second try. */
  @FunctionalInterface
  public interface Plain {
    Socket connect() throws IOException;
  }

  public TlsConnector(Trust trust) {
    this.trust = trust;
  }

  /**
   * Shakes hands as {@link TlsSockets#secure} does.
   *
   * @param host a name, or an address without brackets
   */
  public SSLSocket connect(String host, int port, Plain plain) throws IOException {
    String server = host + " " + port;
    if (!particular.contains(server)) {
      try {
        return TlsSockets.secure(trust, plain.connect(), host, port, CHEAPEST);
      } catch (SSLHandshakeException | SocketException e) {
        if (isAboutACertificate(e)) {
          throw e;
        }
        // Nothing has been asked yet, so nothing is asked twice.
      }
    }
    SSLSocket socket = TlsSockets.secure(trust, plain.connect(), host, port);
    particular.add(server);
    return socket;
  }

  private static boolean isAboutACertificate(Throwable failure) {
    return TlsFailure.causes(failure).anyMatch(CertificateException.class::isInstance);
  }
}
