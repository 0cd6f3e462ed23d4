package org.cloudmdirsync.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.sasl.Mechanism;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhereaboutsTest {
  private static final URI GRAPH = URI.create("https://graph.microsoft.com");

  @Test
  void everyProviderHasItsMailServers() {
    assertThat(Providers.names())
        .allSatisfy(name -> {
          Whereabouts known = Whereabouts.of(Providers.named(name).orElseThrow());
          assertThat(known.smtp()).as(name).get().asString().matches("[a-z0-9.]+:(587|465)");
          assertThat(known.imap()).as(name).get().asString().matches("[a-z0-9.]+:993");
        });
  }

  /** National clouds have their own servers; the document is the tenant's. */
  @ParameterizedTest
  @CsvSource({
    "https://login.microsoftonline.com, common,      smtp.office365.com:587",
    "https://login.microsoftonline.us,  example.gov, smtp.office365.us:587",
    "https://login.partner.microsoftonline.cn, x.cn, smtp.partner.outlook.cn:587",
    "https://localhost:4711,            common,      smtp.office365.com:587",
  })
  void microsoftsDependOnTheCloud(String authority, String tenant, String smtp) {
    Whereabouts known = Whereabouts.of(Providers.microsoft(URI.create(authority), tenant, GRAPH));
    assertThat(known.smtp()).contains(smtp);
    assertThat(known.metadata())
        .contains(URI.create(authority + "/" + tenant + "/v2.0/.well-known/openid-configuration"));
    assertThat(known.audiences()).contains("https://outlook.office.com");
  }

  @Test
  void googlesDocumentIsAtItsSignInPage() {
    assertThat(Whereabouts.of(Providers.google()).metadata())
        .contains(URI.create("https://accounts.google.com/.well-known/openid-configuration"));
  }

  @Test
  void ofAProviderThatIsConfiguredNothingIsKnownButItsIssuer() {
    Provider own =
        Providers.generic(
            "",
            new EndpointSource.Discovered(URI.create("https://login.example.com/staff/")),
            Map.of(Protocol.SMTP, List.of("smtp")),
            List.of(),
            Map.of(),
            Mechanism.XOAUTH2);
    assertThat(Whereabouts.of(own))
        .isEqualTo(
            new Whereabouts(
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                    URI.create("https://login.example.com/staff/.well-known/openid-configuration")),
                List.of()));
  }
}
