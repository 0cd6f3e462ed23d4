package org.cloudmdirsync.doctor;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.cloudmdirsync.doctor.AccessPath.Obstacle;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.doctor.Finding.Passed;

/** A credential socket: is it there, may its consumer connect, does anybody answer. */
final class SocketChecks {
  /** test(1) asks the kernel, which knows of lists and modules that modes do not show. */
  private static final long PATIENCE_SECONDS = 10;

  private final Path path;
  private final Person self;
  private final Person consumer;
  private final Check there;
  private final Check rights;
  private final Check daemon;

  SocketChecks(Path path, Person self, Person consumer) {
    this.path = path;
    this.self = self;
    this.consumer = consumer;
    this.there = new Check("socket", path.toString(), List.of(), this::there);
    this.rights =
        new Check("rights of " + consumer.name(), path.toString(), List.of(there), this::rights);
    this.daemon = new Check("daemon", path.toString(), List.of(there), this::daemon);
  }

  List<Check> all() {
    return List.of(there, rights, daemon);
  }

  /** What whoever wants a token depends on. */
  Check daemonCheck() {
    return daemon;
  }

  private Finding there() {
    try {
      boolean socket =
          Files.readAttributes(
                  path,
                  java.nio.file.attribute.BasicFileAttributes.class,
                  LinkOption.NOFOLLOW_LINKS)
              .isOther();
      return socket
          ? new Passed("is there")
          : Failed.of(
              Fault.CONFIGURATION,
              path + " is no socket.",
              "Move it elsewhere, or give CredentialServer another path.");
    } catch (NoSuchFileException missing) {
      return Failed.of(
          Fault.UNAVAILABLE,
          "There is no socket " + path + ": no daemon serves this configuration.",
          "Start it: systemctl --user start cloud-mdir-sync, or cloud-mdir-sync in a terminal.");
    } catch (AccessDeniedException denied) {
      return forbidden(self);
    } catch (IOException e) {
      return Failed.of(
          Fault.UNAVAILABLE,
          path + " cannot be looked at: " + e.getMessage() + ".",
          "See what is at that path: namei -l " + path);
    }
  }

  /** The kernel decides, if it can be asked; the modes then only say why not. */
  private Finding rights() {
    return tried()
        .<Finding>map(
            may -> may ? new Passed(consumer.name() + " may connect, tried") : forbidden(consumer))
        .orElseGet(() -> obstacles(consumer));
  }

  private Finding obstacles(Person person) {
    List<Obstacle> obstacles;
    try {
      obstacles = AccessPath.to(path).obstacles(person);
    } catch (IOException e) {
      return Failed.of(
          Fault.NO_PERMISSION,
          self.name() + " may not look at the way to " + path + ": " + e.getMessage() + ".",
          "Run this command as root, or see it with: namei -l " + path);
    }
    if (obstacles.isEmpty()) {
      return new Passed(person.name() + " may connect, by the modes");
    }
    Obstacle first = obstacles.getFirst();
    return Failed.of(
        Fault.NO_PERMISSION,
        "%s may not connect to %s: it lacks %s %s (mode %04o)."
            .formatted(
                person.name(), path, first.wants(), first.place().path(), first.place().mode()),
        mending(obstacles, person));
  }

  private static String mending(List<Obstacle> obstacles, Person person) {
    String commands =
        obstacles.stream()
            .map(obstacle -> obstacle.mending(person))
            .collect(Collectors.joining(" && "));
    boolean socketToo = obstacles.stream().anyMatch(it -> !it.place().directory());
    return socketToo
        ? commands
            + "; the socket is made anew at each start, so write umask=0o660 or umask=0o666 into its"
            + " CredentialServer as well (docs/exim.md)."
        : commands;
  }

  /** Root can be anybody, so root asks the kernel; empty for others, and without setpriv(1). */
  private Optional<Boolean> tried() {
    if (!self.isRoot() || consumer.isRoot()) {
      return Optional.empty();
    }
    List<String> command =
        List.of(
            "setpriv",
            "--reuid=" + consumer.uid(),
            "--regid=" + consumer.gid(),
            "--init-groups",
            "test",
            "-w",
            path.toString());
    return Command.run(command, PATIENCE_SECONDS)
        .filter(ended -> ended.status() == 0 || ended.status() == 1)
        .map(ended -> ended.status() == 0);
  }

  private Finding daemon() {
    return Inquiry.silence(path)
        .<Finding>map(silence ->
            switch (silence) {
              case Inquiry.Silence.Forbidden() -> forbidden(self);
              case Inquiry.Silence.Nobody(String reason) ->
                  Failed.of(
                      Fault.UNAVAILABLE,
                      "Nobody answers on " + path + " (" + reason + ").",
                      "Start the daemon: systemctl --user start cloud-mdir-sync, or cloud-mdir-sync"
                          + " in a terminal.");
            })
        .orElseGet(() -> new Passed("answers"));
  }

  private Finding forbidden(Person person) {
    return obstacles(person) instanceof Failed failed
        ? failed
        : Failed.of(
            Fault.NO_PERMISSION,
            person.name() + " may not connect to " + path + ", though the modes allow it.",
            "Look at access control lists and security modules: getfacl " + path);
  }
}
