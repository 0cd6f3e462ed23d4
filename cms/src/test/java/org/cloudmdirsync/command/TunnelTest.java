package org.cloudmdirsync.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TunnelTest {
  @Test
  void leadsBackTheWayTheUserCame() {
    assertThat(command("192.0.2.7 51000 198.51.100.1 22"))
        .isEqualTo("ssh -N -L 8080:127.0.0.1:8080 ann@198.51.100.1");
    assertThat(command("192.0.2.7 51000 2001:db8::1 2222"))
        .isEqualTo("ssh -N -L 8080:127.0.0.1:8080 -p 2222 ann@2001:db8::1");
  }

  @Test
  void namesThisMachineElse() {
    assertThat(new Tunnel(8080, Map.of("USER", "ann")).command())
        .startsWith("ssh -N -L 8080:127.0.0.1:8080 ann@")
        .doesNotEndWith("@");
  }

  private static String command(String connection) {
    return new Tunnel(8080, Map.of("USER", "ann", "SSH_CONNECTION", connection)).command();
  }
}
