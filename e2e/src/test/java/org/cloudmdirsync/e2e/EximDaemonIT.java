package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** exim set up as docs/exim.md says, word for word, at the real addresses. */
class EximDaemonIT {
  @TempDir Path directory;

  @Test
  void sendsOnAMachineSetUpByTheBook() throws Exception {
    assumeTrue("root".equals(System.getProperty("user.name")), "gives files to exim's user");
    Programs.installed("exim4");
    Run run = OwnNetwork.run(directory, EximDaemon.class, "");
    assertThat(run.status()).as(run.said()).isZero();
    assertThat(run.out()).as(run.said()).endsWith("done\n");
  }
}
