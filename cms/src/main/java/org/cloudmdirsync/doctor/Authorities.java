package org.cloudmdirsync.doctor;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.doctor.Finding.Passed;
import org.cloudmdirsync.tls.Trust;

/** The certificates to verify servers by: are they there. */
final class Authorities {
  private final Trust trust;
  private final Check check;

  Authorities(Map<String, String> environment) {
    this.trust = Trust.system(environment);
    this.check = new Check("authorities", trust.source(), List.of(), this::look);
  }

  Check check() {
    return check;
  }

  Trust trust() {
    return trust;
  }

  private Finding look() {
    try {
      trust.context();
      return new Passed("can be read");
    } catch (IOException e) {
      String words = String.valueOf(e.getMessage());
      int colon = words.lastIndexOf(": ");
      return colon < 0
          ? Failed.of(Fault.CONFIGURATION, words + ".", "Install ca-certificates.")
          : Failed.of(
              Fault.CONFIGURATION,
              words.substring(0, colon) + ".",
              "For the certificates, " + words.substring(colon + 2) + ".");
    }
  }
}
