package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The real Postfix, set up by alice as docs/postfix.md says. It lies unpacked beside the system
 * (dist/install.sh), since it conflicts with exim; the processes here see it where it belongs, and
 * what is written below /etc, /usr and /var is theirs alone and ends with them.
 */
final class Postfix implements AutoCloseable {
  private static final String PAGE = "docs/postfix.md";
  private static final Path UNPACKED = Documents.path(".build/peers/postfix");

  /** Where its programs are. */
  static final Path PROGRAMS = UNPACKED.resolve("usr");

  // What the package's own scripts do, but for listening; and little scripts for what a machine has
  // and a test has not.
  private static final String INSTALL =
      """
      set -eu
      mkdir "$HOME/places"
      mount -t tmpfs -o mode=755 tmpfs "$HOME/places"
      for each in etc usr var; do
        new=$HOME/places/$each
        below=/$each
        mkdir -p "$new/upper" "$new/work"
        [ ! -d "$UNPACKED/$each" ] || below=$UNPACKED/$each:/$each
        mount -t overlay -o "lowerdir=$below,upperdir=$new/upper,workdir=$new/work" overlay /$each
      done
      echo "postfix:x:64990:64990::/var/spool/postfix:/usr/sbin/nologin
      alice:x:64992:64992::$HOME:/bin/sh" >>/etc/passwd
      echo 'postfix:x:64990:
      postdrop:x:64991:
      alice:x:64992:' >>/etc/group
      mkdir -p /var/spool/postfix /var/lib/postfix
      chown postfix: /var/lib/postfix
      chgrp postdrop /usr/sbin/postdrop /usr/sbin/postqueue
      chmod g+s /usr/sbin/postdrop /usr/sbin/postqueue
      cp /usr/share/postfix/main.cf.debian /etc/postfix/main.cf
      sed '/^smtp *inet/d' /usr/share/postfix/master.cf.dist >/etc/postfix/master.cf
      postconf -e maillog_file=/var/log/mail.log myhostname=machine.localdomain

      printf '#!/bin/sh\\nexec "$@"\\n' >/usr/local/bin/sudo
      printf '#!/bin/sh\\nexec postfix start\\n' >/usr/local/bin/systemctl
      printf '#!/bin/sh\\nexec %s "$@"\\n' "$(command -v cms-oauth)" >/usr/bin/cms-oauth
      chmod 755 /usr/local/bin/sudo /usr/local/bin/systemctl /usr/bin/cms-oauth
      cp "$SSL_CERT_FILE" /etc/ssl/certs/ca-certificates.crt
      chown -R alice: "$HOME/.msmtprc"
      echo ready
      exec sleep infinity
      """;

  // A mail is settled when it has gone, or waits.
  private static final String SETTLED =
      """
      until grep -qE 'removed|status=deferred' /var/log/mail.log; do sleep 0.1; done
      """;

  private final Map<String, String> environment;
  private final Process process;

  private Postfix(Map<String, String> environment, Process process) {
    this.environment = environment;
    this.process = process;
  }

  /** Starts it for alice, in whose home directory {@code .msmtprc} is. */
  static Postfix start(Map<String, String> environment, String address) throws Exception {
    Programs.installed("msmtp");
    assumeTrue("root".equals(System.getProperty("user.name")), "runs programs as others");
    assumeTrue(Files.isDirectory(UNPACKED), () -> UNPACKED + " is missing: ./check install");
    List<String> own =
        List.of(Programs.installed("unshare"), "--mount", "--pid", "--fork", "--kill-child");
    ProcessBuilder builder = new ProcessBuilder(with(own, "sh", "-c", INSTALL));
    builder.environment().putAll(environment);
    builder.environment().put("UNPACKED", UNPACKED.toString());
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Postfix postfix = new Postfix(environment, builder.start());
    try {
      assertThat(postfix.process.inputReader().readLine()).isEqualTo("ready");
      postfix.setUp(address);
      return postfix;
    } catch (AssertionError failed) {
      postfix.close();
      throw failed;
    }
  }

  private void setUp(String address) throws IOException, InterruptedException {
    run("cd " + Documents.path(".") + "\n" + Documents.block(PAGE, "master.cf").text());
    String names = Documents.block(PAGE, "root  user@").with("user@domain.com", address);
    run("echo '" + names + "' >/etc/postfix/canonical");
    String[] start = Documents.block(PAGE, "default_transport").text().split("(?=printf)");
    run(start[0]);
  }

  /** The page's last line but one, with another address and subject, until the mail is settled. */
  Run send(String sender, String subject) throws IOException, InterruptedException {
    String block = Documents.block(PAGE, "default_transport").with("user@domain.com", sender);
    String command = block.substring(block.indexOf("printf")).replace("a test", subject);
    return settled(command);
  }

  /**
   * Runs commands in its world until a mail is settled: its log, and whether the queue is empty.
   */
  Run settled(String commands) throws IOException, InterruptedException {
    return enter(
        ": >/var/log/mail.log\n"
            + commands
            + SETTLED
            + "cat /var/log/mail.log\nmailq\nmailq | grep -q 'queue is empty'");
  }

  private void run(String commands) throws IOException, InterruptedException {
    Run run = enter(commands);
    assertThat(run.status()).as(commands + run.said()).isZero();
  }

  private Run enter(String commands) throws IOException, InterruptedException {
    ProcessHandle first = process.children().findFirst().orElseThrow();
    List<String> enter =
        List.of(Programs.installed("nsenter"), "--mount", "--pid", "--target", "" + first.pid());
    Map<String, String> alice = new HashMap<>(environment);
    alice.put("USER", "alice");
    return Run.of(alice, "", with(enter, "sh", "-euc", commands));
  }

  private static List<String> with(List<String> command, String... more) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(more));
    return all;
  }

  /** unshare takes no notice of a polite request; all in its world end with it. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
