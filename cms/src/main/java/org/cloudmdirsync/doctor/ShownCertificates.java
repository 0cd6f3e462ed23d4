package org.cloudmdirsync.doctor;

import java.io.IOException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.tls.PublicAuthorities;
import org.cloudmdirsync.tls.TlsFailure;
import org.cloudmdirsync.tls.Trust;
import org.cloudmdirsync.tls.Witness;

/** The certificates that one server showed, and whether somebody stands between it and us. */
final class ShownCertificates implements Witness {
  private static final Pattern NAME = Pattern.compile("\\b(?:CN|O)=(\"[^\"]+\"|[^,]+)");

  private volatile List<X509Certificate> chain = List.of();
  private volatile Optional<CertificateException> objection = Optional.empty();

  @Override
  public void saw(List<X509Certificate> shown, Optional<CertificateException> why) {
    this.chain = List.copyOf(shown);
    this.objection = why;
  }

  /** Why they are not believed, in a person's words; empty if they are, or none were shown. */
  Optional<Failed> failure(Trust trust, String host) {
    return objection.map(why ->
        isUnknownAuthority(why) ? unknownAuthority(trust, host) : explained(trust, host, why));
  }

  /** Who vouches for the server, and whether the world knows them. */
  String words() {
    if (chain.isEmpty()) {
      return "";
    }
    String by = ", certified by " + authority();
    Optional<String> interceptor = interceptor();
    if (interceptor.isPresent()) {
      return by + ": " + interceptor.get() + " reads this connection";
    }
    return isPublic() ? by : by + ", an authority of this machine and not of the world";
  }

  private Failed unknownAuthority(Trust trust, String host) {
    String who =
        interceptor()
            .map(product -> product + " reads this connection and")
            .orElse("Somebody who reads this connection, or the server's owner,");
    return Failed.of(
        Fault.UNAVAILABLE,
        "%s shows a certificate of %s, an authority that is not in %s. %s signs with it."
            .formatted(host, authority(), trust.source(), who),
        "If it is your organisation's proxy or a virus scanner of yours, get the authority's"
            + " certificate (PEM) from whoever runs it, and name the file in $SSL_CERT_FILE, or add"
            + " it to the system's: cp FILE /usr/local/share/ca-certificates/NAME.crt &&"
            + " update-ca-certificates. Otherwise use another network.");
  }

  private static Failed explained(Trust trust, String host, CertificateException why) {
    String words =
        String.valueOf(TlsFailure.explain(trust, host, new IOException(why)).getMessage());
    int colon = words.lastIndexOf(": ");
    return Failed.of(
        Fault.UNAVAILABLE,
        "For TLS, " + (colon < 0 ? words : words.substring(0, colon)) + ".",
        colon < 0 ? "Check host and port." : words.substring(colon + 2) + ".");
  }

  private boolean isUnknownAuthority(CertificateException why) {
    return Stream.<Throwable>iterate(why, each -> each != null, Throwable::getCause)
        .limit(10)
        .anyMatch(CertPathBuilderException.class::isInstance);
  }

  /** The one at the end of the chain: the root if it was sent, else the last one's issuer. */
  private String authority() {
    String name = chain.getLast().getIssuerX500Principal().getName();
    Matcher part = NAME.matcher(name);
    return part.find() ? "“" + part.group(1).replace("\"", "") + "”" : "“" + name + "”";
  }

  private Optional<String> interceptor() {
    return chain.stream()
        .flatMap(c ->
            Stream.of(c.getIssuerX500Principal().getName(), c.getSubjectX500Principal().getName()))
        .flatMap(name -> Interceptors.named(name).stream())
        .findFirst();
  }

  private boolean isPublic() {
    try {
      return PublicAuthorities.known().vouchFor(chain);
    } catch (IOException unknown) {
      return true;
    }
  }
}
