package org.cloudmdirsync.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
  @Test
  void trustsTheGoodOne() throws Exception {
    try (Simulator simulator = Simulator.open(Options.standard())) {
      assertThat(new Visitor(simulator).get("/generic/jwks").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"expired", "wrong-host", "untrusted"})
  void rejectsTheOthers(String kind) throws Exception {
    try (Simulator simulator = Simulator.open(Options.standard())) {
      simulator.switches().set(Switch.CERTIFICATE_HTTPS, kind);
      Visitor visitor = new Visitor(simulator);
      assertThatThrownBy(() -> visitor.get("/generic/jwks")).isInstanceOf(SSLException.class);
    }
  }
}
