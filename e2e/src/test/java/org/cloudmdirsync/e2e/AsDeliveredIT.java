package org.cloudmdirsync.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The product as users get it, at the addresses they use: nothing is configured for the test. */
class AsDeliveredIT {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(AsDelivered.class)
  void signsInAndIsAuthenticated(AsDelivered user) throws Exception {
    Run run = OwnNetwork.run(directory, AsDelivered.class, user.name());
    assertThat(run.status()).as(run.said()).isZero();
    assertThat(run.out()).as(run.said()).endsWith("done\n");
  }
}
