package org.cloudmdirsync.simulator;

import java.time.InstantSource;
import javax.net.ssl.SSLContext;

/** What all parts of the pretend cloud share. */
record Cloud(
    InstantSource clock,
    TokenText texts,
    Certificates certificates,
    Vault vault,
    Directory directory,
    Switches switches,
    Counters counters,
    Journal journal,
    Faults<HttpFault> httpFaults,
    Faults<MailFault> mailFaults) {

  /** What the web servers show at the moment. */
  SSLContext httpsTls() {
    return certificates.context(switches.certificate(Switch.CERTIFICATE_HTTPS));
  }

  /** What the mail servers show at the moment. */
  SSLContext mailTls() {
    return certificates.context(switches.certificate(Switch.CERTIFICATE_MAIL));
  }
}
