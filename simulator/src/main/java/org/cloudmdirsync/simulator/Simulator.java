package org.cloudmdirsync.simulator;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The pretend cloud as one object: opened with free ports on loopback, closed as a whole.
 *
 * <p>Every method may be called from any thread at any time; what it changes holds for the next
 * request or connection.
 */
public final class Simulator implements AutoCloseable {
  private final Cloud cloud;
  private final Mails mails = new Mails();
  private final Options options;
  private final String authority;
  private final Path caFile;
  private final Map<Service, Listener> listeners = new EnumMap<>(Service.class);

  private Simulator(Options options) throws IOException, GeneralSecurityException {
    this.options = options;
    List<String> names = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
    names.addAll(options.names());
    this.cloud =
        new Cloud(
            options.clock(),
            new TokenText(options.random()),
            new Certificates(names, Instant.now()),
            new Vault(),
            new Directory(),
            new Switches(),
            new Counters(),
            new Journal(),
            new Faults<>(),
            new Faults<>());
    this.caFile = Files.createTempFile("simulator-ca-", ".pem");
    caFile.toFile().deleteOnExit(); // when Ctrl-C ends the program without close()
    this.authority = cloud.certificates().pem();
    Files.writeString(caFile, authority);
  }

  /**
   * Starts everything; when it returns, every port answers.
   *
   * @throws IOException when a port that was asked for is taken, or the file cannot be written
   */
  public static Simulator open(Options options) throws IOException {
    try {
      Simulator simulator = new Simulator(options);
      simulator.listen();
      return simulator;
    } catch (GeneralSecurityException e) {
      throw new IOException("the simulator's certificates could not be made", e);
    }
  }

  private void listen() throws IOException, GeneralSecurityException {
    AuthorizationServer server = new AuthorizationServer(cloud, new IdTokens());
    listen(
        Service.HTTPS,
        new HttpConversation(() -> Optional.of(cloud.httpsTls()), cloud.clock(), server::serve));
    listen(Service.HTTP, new HttpConversation(Optional::empty, cloud.clock(), server::serve));
    AdminServer admin = new AdminServer(this, cloud, mails);
    listen(Service.ADMIN, new HttpConversation(Optional::empty, cloud.clock(), admin::serve));
    for (MailFlavour flavour : MailFlavour.values()) {
      listen(mail(flavour, "SUBMISSION"), socket -> smtp(flavour, socket, false));
      listen(mail(flavour, "SUBMISSIONS"), socket -> smtp(flavour, socket, true));
      listen(mail(flavour, "IMAP"), socket -> imap(flavour, socket, false));
      listen(mail(flavour, "IMAPS"), socket -> imap(flavour, socket, true));
    }
  }

  private static Service mail(MailFlavour flavour, String protocol) {
    return Service.valueOf(flavour.name() + "_" + protocol);
  }

  private void listen(Service service, Listener.Conversation conversation) throws IOException {
    int port = options.ports().getOrDefault(service.key(), 0);
    try {
      listeners.put(service, Listener.open(options.address(), port, conversation));
    } catch (IOException e) {
      close();
      throw new IOException("port " + port + " for " + service.key() + ": " + e.getMessage(), e);
    }
  }

  private void smtp(MailFlavour flavour, Socket socket, boolean implicitTls) throws IOException {
    Wire wire = new Wire(socket);
    if (implicitTls) {
      wire.startTls(cloud.mailTls());
    }
    new SmtpConversation(cloud, mails, flavour, wire).hold();
  }

  private void imap(MailFlavour flavour, Socket socket, boolean implicitTls) throws IOException {
    Wire wire = new Wire(socket);
    if (implicitTls) {
      wire.startTls(cloud.mailTls());
    }
    new ImapConversation(cloud, flavour, wire).hold();
  }

  /** Where a service listens, on {@code localhost}. */
  public int port(Service service) {
    return Objects.requireNonNull(listeners.get(service)).port();
  }

  /** The base of the https addresses: Microsoft's authority, Google's everything. */
  public URI https() {
    return URI.create("https://localhost:" + port(Service.HTTPS));
  }

  /** The same content without TLS. */
  public URI http() {
    return URI.create("http://localhost:" + port(Service.HTTP));
  }

  /** Where the admin interface is. */
  public URI admin() {
    return URI.create("http://localhost:" + port(Service.ADMIN));
  }

  /** Every service's address by its key, and the file to trust. */
  public Map<String, String> addresses() {
    Map<String, String> addresses = new LinkedHashMap<>();
    for (Service service : Service.values()) {
      String where = "localhost:" + port(service);
      addresses.put(service.key(), service.web().map(scheme -> scheme + where).orElse(where));
    }
    addresses.put("ca-file", caFile.toString());
    return addresses;
  }

  /** The authority to trust, as a PEM file: what {@code SSL_CERT_FILE} should name. */
  public Path caFile() {
    return caFile;
  }

  /** The same certificate as text. */
  public String authority() {
    return authority;
  }

  /** What can be set while it runs. */
  public Switches switches() {
    return cloud.switches();
  }

  /** What happened how often. */
  public Counters counters() {
    return cloud.counters();
  }

  /** What happened. */
  public Journal journal() {
    return cloud.journal();
  }

  /** Who and what is known. */
  public Directory directory() {
    return cloud.directory();
  }

  /** What goes wrong next with the authorization servers, by endpoint: {@code token}… */
  public Faults<HttpFault> httpFaults() {
    return cloud.httpFaults();
  }

  /** What goes wrong next with the mail servers, by moment: {@code smtp.auth}… */
  public Faults<MailFault> mailFaults() {
    return cloud.mailFaults();
  }

  /** The mail received so far, oldest first. */
  public List<ReceivedMail> mails() {
    return mails.all();
  }

  /** When an access token ends; NoSuchElementException for one that was never issued. */
  public Instant expiry(String accessToken) {
    return cloud.vault().accessToken(accessToken).orElseThrow().until();
  }

  /** Every access token is expired from now on. */
  public void expireAccessTokens() {
    cloud.vault().expireAccessTokens(_ -> true, cloud.clock().instant());
  }

  /** Every access token of this user is expired from now on. */
  public void expireAccessTokens(String user) {
    cloud
        .vault()
        .expireAccessTokens(consent -> consent.user().equals(user), cloud.clock().instant());
  }

  /** This user's refresh tokens are dead, as after a change of password. */
  public void revokeRefreshTokens(String user) {
    cloud.vault().revokeRefreshTokens(consent -> consent.user().equals(user));
  }

  /** Stops listening, drops every connection, removes the file. */
  @Override
  public void close() throws IOException {
    for (Listener listener : listeners.values()) {
      listener.close();
    }
    Files.deleteIfExists(caFile);
  }
}
