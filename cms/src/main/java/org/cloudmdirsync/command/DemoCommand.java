package org.cloudmdirsync.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.cloudmdirsync.demo.Demo;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cloud-mdir-sync demo}: the whole way, on a machine with no account and no network. */
@Command(
    name = "demo",
    description = {
      "Shows the whole way with a pretend provider on this machine: sign in once, authenticate to an"
          + " SMTP server, send a mail, see the token refreshed before it expires.",
      "No account and no network are needed; nothing is left behind."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Option(names = "--keep", description = "Leave it running, to try commands against it.")
  private boolean keep;

  DemoCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    try {
      Demo.play(System.out, keep);
      return ExitStatus.OK;
    } catch (IOException failed) {
      System.err.println("cloud-mdir-sync: demo: " + failed.getMessage());
      return ExitStatus.UNAVAILABLE;
    }
  }
}
