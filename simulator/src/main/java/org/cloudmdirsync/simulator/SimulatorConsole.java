package org.cloudmdirsync.simulator;

import java.io.IOException;
import java.io.PrintStream;

/** The pretend cloud for people: {@code cloud-mdir-sync simulator}. */
public final class SimulatorConsole {
  private SimulatorConsole() {}

  /**
   * Opens the simulator, says where everything is and how to try it, and runs until the thread is
   * interrupted or the program ends.
   */
  public static void run(Options options, PrintStream out) throws IOException {
    try (Simulator simulator = Simulator.open(options)) {
      out.print(introduction(simulator));
      out.flush();
      waitForInterrupt();
    }
  }

  private static void waitForInterrupt() {
    try {
      Thread.sleep(Long.MAX_VALUE);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  static String introduction(Simulator simulator) {
    StringBuilder text = new StringBuilder("The pretend cloud is up:\n\n");
    simulator
        .addresses()
        .forEach((name, where) -> text.append("  %-22s %s%n".formatted(name, where)));
    return text.append(
            """

            Any address signs in, no password is asked. Put this into cms.cfg:

            %s
            Then, trusting the pretend cloud's certificates:

              export SSL_CERT_FILE=%s
              cloud-mdir-sync -c cms.cfg
              cms-oauth --cms_sock=cms.sock --proto=SMTP --user=ann@example.com \\
                --test-smtp localhost:%d

            Make the tokens expire, make the next refresh fail, see what happened:

              curl -X POST %s/tokens/expire
              curl -d '{"at":"token","aadsts":700082}' %s/faults
              curl %s/journal

            docs/simulator.md has the rest. Ctrl-C ends it.
            """
                .formatted(
                    configuration(simulator).indent(2),
                    simulator.caFile(),
                    simulator.port(Service.OFFICE365_SUBMISSION),
                    simulator.admin(),
                    simulator.admin(),
                    simulator.admin()))
        .toString();
  }

  /** A {@code cms.cfg} with one account of each flavour. */
  public static String configuration(Simulator simulator) {
    return """
    work = Office365_Account(user="ann@example.com", client_id="simulator",
                             authority="%1$s", graph="%1$s")
    mail = GMail_Account(user="bob@example.com",
                         client_id="simulator", client_secret="not-secret",
                         authorization_endpoint="%1$s/o/oauth2/v2/auth",
                         token_endpoint="%1$s/token")
    rest = OAuth2_Account(user="eve@example.com", client_id="simulator",
                          issuer="%1$s/generic",
                          scopes={"SMTP": ["smtp"], "IMAP": ["imap"]})
    CredentialServer("cms.sock", accounts=[work, mail, rest], protocols=["SMTP", "IMAP"])
    """
        .formatted(simulator.https());
  }
}
