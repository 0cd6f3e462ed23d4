package org.cloudmdirsync.tls;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** One place certificates of authorities are read from. */
sealed interface CertificateSource {

  /** For people: who named the place, and the place. */
  String title();

  /**
   * At least one certificate.
   *
   * @throws IOException when there is none; the message says what to do
   */
  List<Authority> read() throws IOException;

  /** A file of PEM certificates. */
  record Bundle(String namedBy, Path file) implements CertificateSource {
    @Override
    public String title() {
      return namedBy + " " + file;
    }

    @Override
    public List<Authority> read() throws IOException {
      return notEmpty(this, Pem.certificates(bytes()));
    }

    private byte[] bytes() throws IOException {
      try {
        return Files.readAllBytes(file);
      } catch (NoSuchFileException e) {
        throw new IOException(title() + " does not exist: name a PEM file, or unset it", e);
      } catch (IOException e) {
        throw new IOException(title() + " cannot be read: check what it is and its permissions", e);
      }
    }
  }

  /**
   * Directories in which every file is tried, as made by {@code openssl rehash}: a hashed name is a
   * link to a file that has another name in the same directory, so most are seen twice.
   */
  record Directories(String namedBy, List<Path> directories) implements CertificateSource {
    static Directories split(String namedBy, String list) {
      return new Directories(
          namedBy,
          Stream.of(list.split(File.pathSeparator))
              .filter(part -> !part.isEmpty())
              .map(Path::of)
              .toList());
    }

    @Override
    public String title() {
      return namedBy
          + " "
          + directories.stream()
              .map(Path::toString)
              .collect(Collectors.joining(File.pathSeparator));
    }

    @Override
    public List<Authority> read() throws IOException {
      List<Authority> found = new ArrayList<>();
      for (Path directory : directories) {
        found.addAll(in(directory));
      }
      return notEmpty(this, found.stream().distinct().toList());
    }

    private List<Authority> in(Path directory) throws IOException {
      List<Authority> found = new ArrayList<>();
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, this::mayHold)) {
        for (Path file : files) {
          found.addAll(Pem.certificates(Files.readAllBytes(file)));
        }
      } catch (NoSuchFileException | NotDirectoryException e) {
        throw new IOException(
            namedBy + " " + directory + " is not a directory: correct it, or unset it", e);
      } catch (IOException e) {
        throw new IOException(
            namedBy + " " + directory + " cannot be read: check its permissions", e);
      }
      return found;
    }

    private boolean mayHold(Path file) {
      return Files.isRegularFile(file) && Files.isReadable(file);
    }
  }

  /** The certificates that came with the Java runtime. */
  record Jdk() implements CertificateSource {
    @Override
    public String title() {
      return "the Java runtime's certificates";
    }

    @Override
    public List<Authority> read() throws IOException {
      try {
        TrustManagerFactory factory =
            TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init((KeyStore) null);
        List<Authority> found = new ArrayList<>();
        for (TrustManager manager : factory.getTrustManagers()) {
          for (X509Certificate issuer : ((X509TrustManager) manager).getAcceptedIssuers()) {
            String base64 = Base64.getEncoder().encodeToString(issuer.getEncoded());
            Authority.of(base64).ifPresent(found::add);
          }
        }
        return notEmpty(this, found);
      } catch (GeneralSecurityException e) {
        throw new IOException(title() + " cannot be read: install ca-certificates", e);
      }
    }
  }

  private static List<Authority> notEmpty(CertificateSource source, List<Authority> found)
      throws IOException {
    if (found.isEmpty()) {
      throw new IOException(
          source.title() + " holds no certificate: it must hold PEM (-----BEGIN CERTIFICATE-----)");
    }
    return found;
  }
}
