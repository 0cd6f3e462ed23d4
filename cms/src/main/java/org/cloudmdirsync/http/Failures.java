package org.cloudmdirsync.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.cloudmdirsync.http.HttpResult.NoAnswer;

/**
 * Why there was no answer, in words for a person. Nothing that the server sent is repeated: half an
 * answer may be half a token.
 */
final class Failures {
  private final String where;
  private final Http.Limits limits;

  Failures(URI uri, Proxies proxies, Http.Limits limits) {
    this.where = uri.getHost() + proxies.via(uri);
    this.limits = limits;
  }

  NoAnswer tooSlow() {
    return new NoAnswer(
        where + " did not answer completely within " + limits.whole().toSeconds() + " s");
  }

  NoAnswer noTrust(IOException e) {
    return new NoAnswer("cannot ask " + where + ": " + message(e));
  }

  NoAnswer interrupted() {
    return new NoAnswer("stopped while waiting for " + where);
  }

  NoAnswer explain(Throwable failure) {
    return new NoAnswer(
        Stream.iterate(failure, each -> each != null, Throwable::getCause)
            .limit(10)
            .flatMap(each -> words(each).stream())
            .reduce((outer, inner) -> inner)
            .orElse(where + " broke off before its answer was complete"));
  }

  /** The innermost cause that we have words for speaks. */
  private Optional<String> words(Throwable failure) {
    return Optional.ofNullable(
        switch (failure) {
          case UnknownHostException _ -> where + ": the host name cannot be resolved";
          // Reading an answer has no deadline but that of the whole.
          case SocketTimeoutException _ ->
              where + " cannot be connected to within " + limits.connect().toSeconds() + " s";
          case ConnectException e -> where + " cannot be connected to" + said(e);
          case NoRouteToHostException e -> where + " cannot be connected to" + said(e);
          case SSLException e -> where + ": no trusted TLS connection" + said(e);
          case CertificateException e -> where + ": its certificate is not accepted" + said(e);
          case SocketException e -> where + ": the connection broke" + said(e);
          case EOFException _ -> where + " closed the connection without an answer";
          case BadAnswer e -> where + " " + message(e);
          case ProxyRefusal e when e.wantsPassword() -> proxyAuthentication();
          case ProxyRefusal e -> where + ": " + message(e);
          default -> null;
        });
  }

  private String proxyAuthentication() {
    return where
        + ": the proxy wants a user name and a password that it accepts;"
        + " put them into HTTPS_PROXY as http://user:password@host:port";
  }

  private static String said(Exception e) {
    return message(e).isEmpty() ? "" : " (" + message(e) + ")";
  }

  private static String message(Exception e) {
    return Optional.ofNullable(e.getMessage()).orElse("").lines().findFirst().orElse("");
  }
}
