package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;
import org.cloudmdirsync.provider.Providers;
import org.cloudmdirsync.sasl.Mechanism;
import org.junit.jupiter.api.Test;

/** What a refresh token is stored under. */
final class AccountTest {
  private static final String PUBLIC = "https://login.microsoftonline.com";

  /** Files out there have these names. */
  @Test
  void aUsualPlaceIsNotNamed() {
    assertThat(credential(microsoft(PUBLIC, "common"))).isEqualTo("microsoft~ann@example.com~id");
    assertThat(credential(microsoft(PUBLIC + "/", "common")))
        .isEqualTo("microsoft~ann@example.com~id");
    assertThat(credential(Providers.google())).isEqualTo("google~ann@example.com~id");
    assertThat(credential(Providers.named("yahoo").orElseThrow()))
        .isEqualTo("yahoo~ann@example.com~id");
    assertThat(credential(discovered("https://login.example.com")))
        .isEqualTo("login.example.com~ann@example.com~id");
  }

  @Test
  void noTwoPlacesShareARefreshToken() {
    assertThat(
            Stream.of(
                    microsoft(PUBLIC, "common"),
                    microsoft(PUBLIC, "example.com"),
                    microsoft("https://login.microsoftonline.us", "common"),
                    microsoft("https://127.0.0.1:4711", "common"),
                    Providers.google(),
                    Providers.google(
                        Optional.empty(), Optional.of(URI.create("https://127.0.0.1:4711/token"))),
                    discovered("https://login.example.com"),
                    discovered("https://login.example.com/staff"),
                    discovered("https://login.example.com/guests"),
                    discovered("https://login.example.com:8443"))
                .map(AccountTest::credential))
        .doesNotHaveDuplicates();
  }

  private static Provider microsoft(String authority, String tenant) {
    return Providers.microsoft(
        URI.create(authority), tenant, URI.create("https://graph.microsoft.com"));
  }

  private static Provider discovered(String issuer) {
    return Providers.generic(
        "",
        new EndpointSource.Discovered(URI.create(issuer)),
        Map.of(Protocol.SMTP, List.of("mail")),
        List.of(),
        Map.of(),
        Mechanism.XOAUTH2);
  }

  private static String credential(Provider provider) {
    ClientRegistration client =
        new ClientRegistration(
            "id", Optional.empty(), URI.create("http://127.0.0.1:8080/oauth2/x"), false);
    return new Account(
            "ann@example.com", provider, client, Optional.empty(), Map.of(), Set.of(Protocol.SMTP))
        .credential();
  }
}
