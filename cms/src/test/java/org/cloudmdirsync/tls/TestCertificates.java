package org.cloudmdirsync.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate authority made with the JDK's keytool, once per test run, and servers' certificates
 * signed by it: {@code good} for localhost and the loopback addresses, {@code expired}, {@code
 * wronghost}; {@code stranger}, signed by nobody; and {@code lapsed}, signed by nobody and expired,
 * but trusted like the authority.
 */
public final class TestCertificates {
  private static final String PASSWORD = "only-for-tests";
  private static final TestCertificates INSTANCE = make();
  private static final String LOOPBACK = "san=dns:localhost,ip:127.0.0.1,ip:::1";

  private final Path directory;

  private TestCertificates(Path directory) {
    this.directory = directory;
  }

  public static TestCertificates get() {
    return INSTANCE;
  }

  /** The authority's certificate, PEM. */
  public Path authority() {
    return directory.resolve("ca.pem");
  }

  /** A trust in the authority and nothing else. */
  public Trust trust() {
    return Trust.system(environment());
  }

  public Map<String, String> environment() {
    return Map.of("SSL_CERT_FILE", authority().toString());
  }

  /** A server's context with one of the certificates. */
  public SSLContext server(String alias) {
    try (InputStream file = Files.newInputStream(directory.resolve("store.p12"))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(file, PASSWORD.toCharArray());
      KeyStore one = KeyStore.getInstance("PKCS12");
      one.load(null, null);
      one.setKeyEntry(
          alias,
          store.getKey(alias, PASSWORD.toCharArray()),
          PASSWORD.toCharArray(),
          store.getCertificateChain(alias));
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(one, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestCertificates make() {
    try {
      Path directory = Files.createTempDirectory("cms-test-certificates");
      TestCertificates made = new TestCertificates(directory);
      made.key("ca", "-ext", "bc:c", "-ext", "ku:c=keyCertSign,cRLSign");
      made.key("good", "-signer", "ca", "-ext", LOOPBACK);
      made.key("expired", "-signer", "ca", "-ext", LOOPBACK, "-startdate", "-3d");
      made.key("wronghost", "-signer", "ca", "-ext", "san=dns:smtp.example.net");
      made.key("stranger", "-ext", LOOPBACK);
      made.key("lapsed", "-ext", LOOPBACK, "-startdate", "-3d");
      Files.writeString(made.authority(), made.pem("ca") + made.pem("lapsed"));
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void key(String alias, String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("-genkeypair", "-alias", alias, "-dname", "CN=CMS test " + alias));
    arguments.addAll(List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", "2"));
    arguments.addAll(List.of(more));
    keytool(arguments.toArray(String[]::new));
  }

  private String pem(String alias) throws IOException {
    return keytool("-exportcert", "-rfc", "-alias", alias);
  }

  private String keytool(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("-keystore", "store.p12", "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-J-XX:TieredStopAtLevel=1"));
    Process keytool =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool: " + said);
      }
      return said;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
