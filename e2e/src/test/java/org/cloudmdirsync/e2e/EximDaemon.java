package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.simulator.Options;
import org.cloudmdirsync.simulator.ReceivedMail;
import org.cloudmdirsync.simulator.Simulator;

/**
 * Somebody who follows docs/exim.md on a machine of their own; to be run in an {@link OwnNetwork}.
 *
 * <p>What a machine has and a test has not are little scripts: sudo, and a systemctl that starts
 * exim as Debian's unit does, but for a shorter interval.
 */
final class EximDaemon {
  private static final String PAGE = "docs/exim.md";

  private static final String SUDO =
      """
      #!/bin/sh
      [ "$1" != -u ] || { as=$2; shift 2; set -- setpriv --reuid="$as" --regid="$as" --clear-groups "$@"; }
      exec "$@"
      """;

  private static final String SYSTEMCTL =
      """
      #!/bin/sh
      exec exim4 -bd -q1s
      """;

  private static final String OWN_PLACES =
      """
      for place in /etc/exim4 /var/spool/exim4 /var/log/exim4; do
        mount -t tmpfs tmpfs $place
      done
      chown Debian-exim: /var/spool/exim4 /var/log/exim4
      touch "$HOME/email-addresses"
      mount --bind "$HOME/email-addresses" /etc/email-addresses
      mkdir -p "$HOME/mail/.cms" /run/cms
      mount --bind "$CMS" /run/cms # where exim's user can reach it
      """;

  private final Path directory;
  private final Simulator cloud;

  private EximDaemon(Path directory, Simulator cloud) {
    this.directory = directory;
    this.cloud = cloud;
  }

  /** In a network of its own, with an empty directory. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    try (Simulator cloud =
        Simulator.open(
            Options.standard()
                .at(InetAddress.getLoopbackAddress(), OwnNetwork.NAMES)
                .withPorts(Map.of("https", 443, "office365-submission", 587)))) {
      OwnNetwork.trust(directory, cloud.caFile());
      new EximDaemon(directory, cloud).live();
    }
    System.out.println("done");
  }

  private void live() throws Exception {
    furnish();
    for (String page : List.of("docs/outbound-mail-through-smtp.md", PAGE)) {
      run(Documents.block(page, "cd /home/XX").with("/home/XX", directory));
      run("[ $(stat -c %a:%G ~/mail/.cms/exim) = 750:Debian-exim ]; rmdir ~/mail/.cms/exim");
    }
    run(Documents.block(PAGE, "mkdir /run").with("alice", "nobody"));
    String configuration = Documents.block(PAGE, "CredentialServer").text();
    try (Broker broker = Broker.asDelivered(cloud, directory, configuration)) {
      broker.start().signIn("user@domain.com");
      assertThat(run(Documents.block(PAGE, "--test-smtp").text()).err()).contains("(235)");
      configureExim();
      run(Documents.block(PAGE, "sudo exim4 -bV").text());
      arrives(1);
      run("printf 'Subject: by cron\\n\\n' | /usr/sbin/sendmail root");
      arrives(2);
      assertThat(cloud.mails().getLast().recipients()).containsExactly("user@domain.com");
    } finally {
      run("[ ! -e /run/exim4/exim.pid ] || kill $(cat /run/exim4/exim.pid)");
    }
  }

  private void furnish() throws Exception {
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path programs = Files.createDirectory(directory.resolve("bin"));
    for (var script : Map.of("sudo", SUDO, "systemctl", SYSTEMCTL).entrySet()) {
      Path file = Files.writeString(programs.resolve(script.getKey()), script.getValue());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    run(OWN_PLACES);
    // Debian's tmpfiles line makes it at boot.
    run("install -d -o Debian-exim -g Debian-exim /run/exim4");
  }

  private void configureExim() throws Exception {
    Files.writeString(Path.of("/etc/exim4/exim4.conf"), Documents.example("exim4.conf"));
    Files.writeString(
        Path.of("/etc/exim4/smarthosts"), Documents.block(PAGE, "gmail.com: ").text());
    Files.writeString(Path.of("/etc/email-addresses"), Documents.block(PAGE, "root: ").text());
  }

  private Run run(String script) throws Exception {
    Run run = Run.of(environment(), "", List.of("sh", "-euc", script));
    assertThat(run.status()).as(script + run.said()).isZero();
    return run;
  }

  private Map<String, String> environment() {
    return Map.of(
        "PATH", directory.resolve("bin") + ":/run/cms/bin:" + System.getenv("PATH"),
        "HOME", directory.toString(),
        "CMS", System.getProperty("cms.home"));
  }

  private void arrives(int mails) throws Exception {
    cloud.counters().await("mails", mails, Broker.PATIENCE);
    assertThat(cloud.mails())
        .as(run("cat /var/log/exim4/*").out())
        .hasSize(mails)
        .extracting(ReceivedMail::user)
        .containsOnly("user@domain.com");
  }
}
