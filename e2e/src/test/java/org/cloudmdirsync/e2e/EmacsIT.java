package org.cloudmdirsync.e2e;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.cloudmdirsync.simulator.ReceivedMail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real Emacs sends with the elisp of the documents as its init file; only places differ. */
class EmacsIT extends DoorSuite {
  private static final String SPECIFICATION = "docs/outbound-mail-through-smtp.md";

  private static final String SEND =
      """
      (require 'message)
      (let ((mail-host-address "example.com"))
        (message-mail "bob@example.net" "Emacs sends")
        (goto-char (point-max))
        (insert "hello")
        (condition-case failure
            (message-send)
          (error (message "%s" (error-message-string failure)) (kill-emacs 1))))
      """;

  private static final String READ =
      """
      (require 'gnus-start)
      (require 'gnus-int)
      (let ((nntp-server-buffer (get-buffer-create " *server*")))
        (unless (gnus-open-server gnus-select-method)
          (message "%s" (gnus-status-message gnus-select-method))
          (kill-emacs 1))
        (nnimap-request-group "INBOX")
        (with-temp-buffer
          (nnimap-request-article 1 "INBOX" nil (current-buffer))
          (princ (buffer-string))))
      """;

  /** A Secret Service with an unlocked keyring, on a bus of its own. */
  private static final String WITH_SECRETS =
      "printf '' | gnome-keyring-daemon --unlock --components=secrets >&2; exec \"$@\"";

  /** Refuses the token with an explanation, and ends its answer to CAPABILITY just before. */
  private static final String LATE_SERVER =
      """
      import socket, time
      listener = socket.create_server(("127.0.0.1", 0))
      print(listener.getsockname()[1], flush=True)
      client, _ = listener.accept()
      lines = client.makefile("rb")
      client.sendall(b"* OK ready\\r\\n")
      lines.readline()
      client.sendall(b"* CAPABILITY IMAP4rev1 AUTH=XOAUTH2\\r\\n")
      tag = lines.readline().split()[0]
      client.sendall(b"1 OK done\\r\\n")
      time.sleep(0.5)
      client.sendall(b"+ e30=\\r\\n")
      lines.readline()
      client.sendall(tag + b" NO [AUTHENTICATIONFAILED] refused\\r\\n")
      lines.readline()
      """;

  private static final String LOG_IN =
      """
      (progn (require 'cms-auth) (require 'nnimap)
        (let ((nnimap-authenticator 'xoauth2) (nnimap-object (make-nnimap)))
          (with-temp-buffer
            (let ((process (open-network-stream "imap" (current-buffer) "127.0.0.1"
                                                (string-to-number (getenv "PORT")))))
              (setf (nnimap-process nnimap-object) process)
              (process-send-string process "1 CAPABILITY\\r\\n")
              (nnimap-wait-for-line "^\\\\* CAP.*\\n")
              (cms-auth-login #'ignore "user" "token")
              (princ (nnheader-get-report 'nnimap))))))
      """;

  @TempDir Path directory;

  /** Dovecot's certificate is its own authority, which Emacs does not take, trusted or not. */
  private static final String PLACES =
      """
      (setq gnutls-trustfiles (list (getenv "SSL_CERT_FILE"))
            network-security-level 'low)
      """;

  @Override
  Stream<Trial> trials() {
    return Stream.of(
        Trial.of("Emacs sends", Deed.SENDS, "535 5.7.3", visit -> withCmsAuth(visit, SEND)),
        Trial.of(
            "Emacs reads",
            Deed.READS,
            "NO .*AUTHENTICATIONFAILED",
            visit -> withCmsAuth(visit, READ)));
  }

  private static Run withCmsAuth(Visit visit, String deed) throws Exception {
    visit.example("cms-auth.el", "cms-auth.el");
    Files.createDirectory(visit.home().resolve(".emacs.d"));
    String init =
        Stream.of("cms-auth-enable", "gnus-select-method")
            .map(part -> Documents.block("docs/emacs.md", part).text())
            .collect(joining("\n", PLACES, deed));
    Path file = visit.home().resolve("init.el");
    Files.writeString(file, visit.scene().filledIn(init, visit.condition()));
    return visit.run("", "emacs", "--batch", "-L", visit.home().toString(), "-l", file.toString());
  }

  @Test
  void sendsByTheSpecification() throws Exception {
    try (Scene scene = Scene.signedIn(directory)) {
      Run run = withSecrets(scene);
      assertThat(scene.cloud.mails())
          .as(run.said())
          .extracting(ReceivedMail::user, ReceivedMail::sender)
          .containsExactly(tuple(Scene.USER, Scene.USER));
      assertThat(scene.cloud.mails().getFirst().content())
          .contains("From: Full Name <" + Scene.USER + ">");
    }
  }

  @Test
  void saysThatTheSpecificationsCommandFailed() throws Exception {
    try (Scene scene = Scene.set(directory)) {
      Run run = withSecrets(scene);
      assertThat(run.status()).isNotZero();
      assertThat(run.err()).contains("cms-oauth exited with status 69");
    }
  }

  /** Emacs goes on after the first line of an answer; the second may come when it logs in. */
  @Test
  void takesTheEndOfAnEarlierAnswerForNoneOfItsOwn() throws Exception {
    Files.writeString(directory.resolve("cms-auth.el"), Documents.example("cms-auth.el"));
    Process server = new ProcessBuilder("python3", "-c", LATE_SERVER).start();
    try {
      Run run =
          Run.of(
              Map.of(
                  "HOME",
                  directory.toString(),
                  "PORT",
                  server.inputReader(StandardCharsets.US_ASCII).readLine()),
              "",
              List.of(
                  Programs.installed("emacs"),
                  "--batch",
                  "-L",
                  directory.toString(),
                  "--eval",
                  LOG_IN));
      assertThat(run.out()).as(run.said()).contains("AUTHENTICATIONFAILED");
    } finally {
      server.destroy();
    }
  }

  @Test
  void compilesWithoutAWarning() throws Exception {
    String source =
        Files.writeString(directory.resolve("cms-auth.el"), Documents.example("cms-auth.el"))
            .toString();
    Run compiled =
        Run.of(
            Map.of("HOME", directory.toString()),
            "",
            List.of(
                Programs.installed("emacs"),
                "--batch",
                "--eval",
                "(setq byte-compile-error-on-warn t)",
                "-f",
                "batch-byte-compile",
                source));
    assertThat(compiled.status()).as(compiled.said()).isZero();
    Run checked =
        Run.of(
            Map.of("HOME", directory.toString()),
            "",
            List.of(
                Programs.installed("emacs"),
                "--batch",
                "--eval",
                "(checkdoc-file \"" + source + "\")"));
    assertThat(checked.err()).doesNotContain("Warning");
  }

  private Run withSecrets(Scene scene) throws IOException, InterruptedException {
    Files.createDirectories(directory.resolve(".emacs.d"));
    Files.writeString(directory.resolve("send.el"), SEND);
    assumeTrue(
        Files.exists(Path.of("/usr/bin/gnome-keyring-daemon")), "gnome-keyring: ./check install");
    String elisp =
        Documents.block(SPECIFICATION, "secrets:session")
            .with("/var/run/user/XXX/cms.sock", scene.broker.socket());
    return emacs(
        scene,
        elisp,
        List.of(Programs.installed("dbus-run-session"), "--", "sh", "-c", WITH_SECRETS, "sh"));
  }

  private Run emacs(Scene scene, String elisp, List<String> before)
      throws IOException, InterruptedException {
    Path init = directory.resolve("init.el");
    String trust = "(setq gnutls-trustfiles '(\"%s\"))\n".formatted(scene.cloud.caFile());
    Files.writeString(init, trust + filledIn(scene, elisp));
    Map<String, String> environment = new HashMap<>(scene.broker.environment());
    environment.put("PATH", Programs.directory() + ":" + System.getenv("PATH"));
    environment.put("XDG_RUNTIME_DIR", directory.toString());
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of(Programs.installed("emacs"), "--batch", "-L", directory.toString()));
    command.addAll(List.of("-l", init.toString(), "-l", directory.resolve("send.el").toString()));
    return Run.of(environment, "", command);
  }

  private static String filledIn(Scene scene, String elisp) {
    return elisp
        .replaceAll("smtp\\.(server\\.address|office365\\.com)", "localhost")
        .replace("587", Integer.toString(scene.submissionPort()))
        .replace("user@domain.com", Scene.USER);
  }
}
