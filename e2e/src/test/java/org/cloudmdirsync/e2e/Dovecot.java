package org.cloudmdirsync.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.cloudmdirsync.simulator.Service;
import org.cloudmdirsync.simulator.Simulator;

/**
 * The real Dovecot in the foreground, with files and ports of its own: IMAP, POP3 and submission,
 * open to tokens, which it shows to the pretend cloud's introspection endpoint (RFC 7662), or with
 * {@code plain} to one password.
 */
final class Dovecot implements AutoCloseable {
  /** What everybody's password is. It has what exim and base64 might trip over. */
  static final String PASSWORD = "pass^word:1";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Path POP3 = Path.of("/usr/lib/dovecot/pop3");

  private static final String CONFIGURATION =
      """
      base_dir = DIRECTORY/run
      state_dir = DIRECTORY/state
      log_path = DIRECTORY/dovecot.log
      auth_verbose = yes
      protocols = imap pop3 submission
      listen = 127.0.0.1
      hostname = localhost
      ssl = required
      ssl_cert = <DIRECTORY/certificate.pem
      ssl_key = <DIRECTORY/key.pem
      auth_mechanisms = MECHANISM
      auth_failure_delay = 0
      mail_location = maildir:DIRECTORY/mail/%u
      # nobody is 65534, above Debian's usual last user.
      first_valid_uid = 1
      last_valid_uid = 0
      submission_relay_host = 127.0.0.1
      submission_relay_port = RELAY
      service imap-login {
        inet_listener imap {
          port = 0
        }
        inet_listener imaps {
          port = IMAPS
        }
      }
      service pop3-login {
        inet_listener pop3 {
          port = 0
        }
        inet_listener pop3s {
          port = POP3S
        }
      }
      service submission-login {
        inet_listener submission {
          port = SUBMISSION
        }
      }
      # Nobody waits because somebody else's token was refused.
      service anvil {
        unix_listener anvil-auth-penalty {
          mode = 0
        }
      }
      passdb {
        driver = oauth2
        mechanisms = xoauth2 oauthbearer
        args = DIRECTORY/oauth2.conf
      }
      passdb {
        driver = static
        mechanisms = plain
        args = password=PASSWORD
      }
      userdb {
        driver = static
        args = uid=nobody gid=nogroup home=DIRECTORY/mail/%u
      }
      """;

  private static final String OAUTH2 =
      """
      introspection_mode = post
      introspection_url = http://127.0.0.1:PORT/introspect
      username_attribute = username
      active_attribute = active
      active_value = true
      """;

  private final Path directory;
  private final int imaps = freePort();
  private final int pop3s = freePort();
  private final int submission = freePort();
  private final Process process;

  private Dovecot(Simulator cloud, Path directory, String mechanism, int relayPort)
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(POP3), () -> POP3 + " is missing: ./check install");
    this.directory = directory;
    // Its log-in processes run as users of their own.
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path mail = Files.createDirectory(directory.resolve("mail"));
    Files.setPosixFilePermissions(mail, PosixFilePermissions.fromString("rwxrwxrwx"));
    makeCertificate();
    Files.writeString(
        directory.resolve("oauth2.conf"),
        OAUTH2.replace("PORT", Integer.toString(cloud.port(Service.HTTP))));
    Path configuration = directory.resolve("dovecot.conf");
    Files.writeString(configuration, filledIn(mechanism, relayPort));
    this.process =
        new ProcessBuilder(Programs.installed("dovecot"), "-F", "-c", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("dovecot.out").toFile())
            .start();
  }

  /**
   * Starts it and waits until it answers.
   *
   * @param directory an existing one, empty
   * @param mechanism what it offers, in lower case
   * @param relayPort where it hands its mail on; it asks there before it lets anybody in
   */
  static Dovecot start(Simulator cloud, Path directory, String mechanism, int relayPort)
      throws IOException, InterruptedException {
    Dovecot dovecot = new Dovecot(cloud, directory, mechanism, relayPort);
    try {
      Eventually.holds(
          "Dovecot answers",
          PATIENCE,
          () -> open(dovecot.imaps) && open(dovecot.pop3s) && open(dovecot.submission));
      return dovecot;
    } catch (AssertionError silent) {
      dovecot.close();
      throw new AssertionError(silent.getMessage() + dovecot.log(), silent);
    }
  }

  private void makeCertificate() throws IOException, InterruptedException {
    Run made =
        Run.of(
            Map.of(),
            "",
            List.of(
                Programs.installed("openssl"),
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost",
                "-keyout",
                directory.resolve("key.pem").toString(),
                "-out",
                directory.resolve("certificate.pem").toString()));
    if (made.status() != 0) {
      throw new AssertionError(made.said());
    }
  }

  private String filledIn(String mechanism, int relayPort) {
    return CONFIGURATION
        .replace("DIRECTORY", directory.toString())
        .replace("MECHANISM", mechanism)
        .replace("PASSWORD", PASSWORD)
        .replace("RELAY", Integer.toString(relayPort))
        .replace("IMAPS", Integer.toString(imaps))
        .replace("POP3S", Integer.toString(pop3s))
        .replace("SUBMISSION", Integer.toString(submission));
  }

  /** Where IMAP is, with TLS from the start. */
  String imaps() {
    return "localhost:" + imaps;
  }

  /** Where POP3 is, with TLS from the start. */
  String pop3s() {
    return "localhost:" + pop3s;
  }

  /** Where submission is, with STARTTLS. */
  String submission() {
    return "localhost:" + submission;
  }

  /** The certificate, which is its own authority. */
  Path certificate() {
    return directory.resolve("certificate.pem");
  }

  /** Puts a mail into somebody's inbox. */
  void deliver(String user, String mail) throws IOException {
    Path inbox = directory.resolve("mail").resolve(user);
    // Made by the tester, used by Dovecot under a user of its own.
    for (Path each : List.of(inbox, inbox.resolve("tmp"), inbox.resolve("cur"), newMail(user))) {
      Files.createDirectories(each);
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwxrwx"));
    }
    Path file = Files.writeString(newMail(user).resolve("1.1.localhost"), mail);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private Path newMail(String user) {
    return directory.resolve("mail").resolve(user).resolve("new");
  }

  /** What a client needs to trust it. */
  Map<String, String> trusted(Map<String, String> environment) {
    Map<String, String> trusting = new HashMap<>(environment);
    trusting.put("SSL_CERT_FILE", certificate().toString());
    return trusting;
  }

  /** What it said. */
  String log() throws IOException {
    Path log = directory.resolve("dovecot.log");
    return Files.readString(directory.resolve("dovecot.out"))
        + (Files.exists(log) ? Files.readString(log) : "");
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean open(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }
}
