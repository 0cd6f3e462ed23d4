package org.cloudmdirsync.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities this program trusts, and the {@link SSLContext} that trusts them.
 *
 * <p>Nothing is read before the first {@link #context()}: TLS costs megabytes and tens of
 * milliseconds. The files are read once; a changed CA bundle needs a restart.
 */
public final class Trust {
  /** Debian, Ubuntu, Arch; Fedora, RHEL; openSUSE; Alpine. */
  private static final List<Path> BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"),
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"),
          Path.of("/etc/ssl/ca-bundle.pem"),
          Path.of("/etc/ssl/cert.pem"));

  private final List<CertificateSource> sources;
  private final Witness witness;
  private volatile @Nullable SSLContext loaded;

  private Trust(List<CertificateSource> sources, Witness witness) {
    this.sources = List.copyOf(sources);
    this.witness = witness;
  }

  /**
   * What this machine trusts: {@code $SSL_CERT_FILE} and {@code $SSL_CERT_DIR} where given (an
   * empty variable counts as not given), else the distribution's CA bundle, else the JDK's.
   */
  public static Trust system(Map<String, String> environment) {
    return choose(environment, BUNDLES);
  }

  static Trust choose(Map<String, String> environment, List<Path> bundles) {
    List<CertificateSource> named = new ArrayList<>();
    given(environment, "SSL_CERT_FILE")
        .ifPresent(
            file -> named.add(new CertificateSource.Bundle("$SSL_CERT_FILE", Path.of(file))));
    given(environment, "SSL_CERT_DIR")
        .ifPresent(dirs -> named.add(CertificateSource.Directories.split("$SSL_CERT_DIR", dirs)));
    if (!named.isEmpty()) {
      return new Trust(named, Witness.NONE);
    }
    return bundles.stream()
        .filter(Files::isReadable)
        .findFirst()
        .map(bundle -> trusting(new CertificateSource.Bundle("the system's", bundle)))
        .orElseGet(() -> trusting(new CertificateSource.Jdk()));
  }

  private static Trust trusting(CertificateSource only) {
    return new Trust(List.of(only), Witness.NONE);
  }

  /** The same trust, while somebody watches. */
  public Trust watchedBy(Witness other) {
    return new Trust(sources, other);
  }

  /**
   * A context that trusts {@link #source()} and nothing else. Whoever opens a socket of it must
   * switch host name verification on; {@link TlsSockets} does.
   *
   * @throws IOException when the certificates cannot be read; the message says which file and what
   *     to do
   */
  public SSLContext context() throws IOException {
    SSLContext known = loaded;
    if (known == null) {
      // Two threads may both load; the later one wins and nothing is lost but the work.
      known = Contexts.trusting(sources, witness);
      loaded = known;
    }
    return known;
  }

  /** Where the certificates come from, for logs and errors. */
  public String source() {
    return String.join(" and ", sources.stream().map(CertificateSource::title).toList());
  }

  private static Optional<String> given(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
