package org.cloudmdirsync.tls;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;

/**
 * The authorities that the world trusts, as opposed to those that a company or a virus scanner has
 * added to this machine. The system's bundle does not tell them apart, so they are read from where
 * the bundle is made of.
 */
public final class PublicAuthorities {
  /** Debian and its children; what administrators add lies elsewhere. */
  private static final Path DISTRIBUTED = Path.of("/usr/share/ca-certificates/mozilla");

  private final Set<ByteBuffer> subjects;

  private PublicAuthorities(Set<ByteBuffer> subjects) {
    this.subjects = subjects;
  }

  /**
   * Those of the distribution where it keeps them apart, else the Java runtime's.
   *
   * @throws IOException when they cannot be read
   */
  public static PublicAuthorities known() throws IOException {
    CertificateSource source =
        Files.isDirectory(DISTRIBUTED)
            ? new CertificateSource.Directories("the system's", List.of(DISTRIBUTED))
            : new CertificateSource.Jdk();
    return new PublicAuthorities(
        source.read().stream().map(Authority::subject).collect(Collectors.toUnmodifiableSet()));
  }

  /** Whether a chain says that one of them stands at its end. It is not verified here. */
  public boolean vouchFor(List<X509Certificate> chain) {
    return chain.stream()
        .flatMap(c -> Stream.of(c.getIssuerX500Principal(), c.getSubjectX500Principal()))
        .map(X500Principal::getEncoded)
        .anyMatch(name -> subjects.contains(ByteBuffer.wrap(name)));
  }
}
