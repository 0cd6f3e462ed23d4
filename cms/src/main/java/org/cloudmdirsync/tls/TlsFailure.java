package org.cloudmdirsync.tls;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;

/** Says in a person's words why TLS failed and what to do. */
public final class TlsFailure {
  private TlsFailure() {}

  /**
   * The same failure with a message for people.
   *
   * @param host whom we meant to talk to
   */
  public static SSLException explain(Trust trust, String host, IOException failure) {
    String words =
        causes(failure)
            .flatMap(cause -> words(trust, host, cause).stream())
            .findFirst()
            .orElseGet(() -> "TLS with " + host + " failed: " + failure.getMessage());
    return new SSLException(words, failure);
  }

  static Stream<Throwable> causes(Throwable failure) {
    // Bounded, for a chain may be a ring.
    return Stream.<Throwable>iterate(failure, t -> t != null, Throwable::getCause).limit(16);
  }

  private static Optional<String> words(Trust trust, String host, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return Optional.ofNullable(
        switch (cause) {
          case CertificateExpiredException _ ->
              "the certificate of "
                  + host
                  + " has expired ("
                  + message
                  + "): whoever runs the"
                  + " server must renew it, unless this machine's clock is wrong";
          case CertificateNotYetValidException _ ->
              "the certificate of "
                  + host
                  + " is not valid yet ("
                  + message
                  + "): check this"
                  + " machine's clock";
          case CertPathBuilderException _ ->
              "the certificate of "
                  + host
                  + " is not signed by any authority in "
                  + trust.source()
                  + ": if the authority is your own, name its certificate in $SSL_CERT_FILE";
          case java.security.cert.CertificateException _ when message.startsWith("No ") ->
              "the certificate is not for " + host + " (" + message + "): check the host name";
          case SSLHandshakeException _ when message.contains("terminated the handshake") ->
              host + " hung up during the TLS handshake: is this the right port?";
          case SSLException _ when message.startsWith("Unsupported or unrecognized SSL message") ->
              host + " does not speak TLS here: is this the right port?";
          case Throwable _ -> null;
        });
  }
}
