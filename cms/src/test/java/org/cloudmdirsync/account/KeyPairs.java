package org.cloudmdirsync.account;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.cloudmdirsync.simulator.ServiceAccount;

/** An RSA key and its certificate, made with the JDK's keytool, as the files people have. */
record KeyPairs(Path certificateFile, Path keyFile, X509Certificate certificate, String keyPem) {
  private static final String PASSWORD = "only-for-tests";

  static KeyPairs make(Path directory, String name, String... more) throws Exception {
    Path store = directory.resolve(name + ".p12");
    keytool(store, name, more);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    X509Certificate certificate = (X509Certificate) keys.getCertificate(name);
    String key = pem("PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
    return new KeyPairs(
        Files.writeString(
            directory.resolve(name + ".crt"), pem("CERTIFICATE", certificate.getEncoded())),
        Files.writeString(directory.resolve(name + ".key"), key),
        certificate,
        key);
  }

  private static void keytool(Path store, String name, String... more)
      throws IOException, InterruptedException, GeneralSecurityException {
    ProcessBuilder keytool =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD,
            "-alias",
            name,
            "-dname",
            "CN=" + name,
            "-keyalg",
            "RSA",
            "-keysize",
            "2048");
    keytool.command().addAll(java.util.List.of(more));
    if (keytool.redirectErrorStream(true).start().waitFor() != 0) {
      throw new IOException("keytool failed");
    }
  }

  private static String pem(String label, byte[] der) {
    return "-----BEGIN "
        + label
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + label
        + "-----\n";
  }

  /** As Google gives it out. */
  Path serviceAccountFile(String email) throws IOException {
    return Files.writeString(
        keyFile.resolveSibling("key.json"),
        """
        {"type": "service_account", "project_id": "mail", "private_key_id": "0123",
         "private_key": "%s", "client_email": "%s", "client_id": "42",
         "token_uri": "https://oauth2.googleapis.com/token"}
        """
            .formatted(keyPem.replace("\n", "\\n"), email));
  }

  ServiceAccount serviceAccount(String email, String domain, String scope) {
    return new ServiceAccount(email, certificate.getPublicKey(), domain, java.util.Set.of(scope));
  }
}
