package org.cloudmdirsync.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.provider.Provider.Identity;
import org.cloudmdirsync.sasl.Mechanism;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProvidersTest {

  static Stream<Provider> all() {
    return Providers.names().stream().map(name -> Providers.named(name).orElseThrow());
  }

  private static Endpoints endpoints(Provider provider) {
    return ((EndpointSource.Known) provider.endpoints()).endpoints();
  }

  private static Provider microsoft(String authority, String graph) {
    return Providers.microsoft(URI.create(authority), "common", URI.create(graph));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyDataFileIsSound(Provider provider) {
    Endpoints endpoints = endpoints(provider);
    assertThat(Stream.of(endpoints.authorization(), endpoints.token()))
        .allSatisfy(uri -> assertThat(uri.getScheme()).isEqualTo("https"))
        .allSatisfy(uri -> assertThat(uri.getHost()).isNotBlank());
    assertThat(provider.redirectPath()).matches("/oauth2/[a-z]+");
    assertThat(provider.scopes()).containsKeys(Protocol.SMTP, Protocol.IMAP);
    assertThat(provider.scopes().toString()).doesNotContain("{outlook}").doesNotContain("{graph}");
    if (provider.identity() == Identity.ID_TOKEN) {
      assertThat(provider.commonScopes()).contains("openid");
    }
  }

  @Test
  void anAppAsksMicrosoftsResourceOfItsCloud() {
    Provider here = microsoft("https://login.microsoftonline.com", "https://graph.microsoft.com");
    Provider there = microsoft("https://login.microsoftonline.us", "https://graph.microsoft.us");

    assertThat(here.forApp().scopes())
        .containsEntry(Protocol.SMTP, List.of("https://outlook.office365.com/.default"))
        .containsEntry(Protocol.MAILBOX, List.of("https://graph.microsoft.com/.default"));
    assertThat(there.forApp().scopes())
        .containsEntry(Protocol.IMAP, List.of("https://outlook.office365.us/.default"));
    assertThat(here.terms().adminConsent())
        .contains("https://login.microsoftonline.com/organizations/v2.0/adminconsent");
    assertThat(there.terms().adminConsent().orElseThrow()).doesNotContain("{");
  }

  @Test
  void noTwoShareARedirectPath() {
    Set<String> seen = new HashSet<>();
    assertThat(all()).allMatch(provider -> seen.add(provider.redirectPath()));
  }

  @Test
  void knowsNoOther() {
    assertThat(Providers.named("../oauth/errors")).isEmpty();
    assertThat(Providers.named("Google")).isEmpty();
  }

  @Test
  void microsoftFollowsAuthorityTenantAndGraph() {
    Provider provider =
        Providers.microsoft(
            URI.create("https://login.microsoftonline.us/"),
            "contoso.example",
            URI.create("https://graph.microsoft.us/"));
    Endpoints endpoints = endpoints(provider);
    assertThat(endpoints.token())
        .hasToString("https://login.microsoftonline.us/contoso.example/oauth2/v2.0/token");
    assertThat(endpoints.issuer()).contains("https://login.microsoftonline.us/{tenantid}/v2.0");
    assertThat(provider.scopes())
        .containsEntry(Protocol.SMTP, List.of("https://outlook.office365.us/SMTP.Send"))
        .containsEntry(
            Protocol.MAILBOX,
            List.of(
                "https://graph.microsoft.us/User.Read",
                "https://graph.microsoft.us/Mail.ReadWrite"));
  }

  @Test
  void microsoftsPublicCloudAndUnknownAuthoritiesMeanOutlookOfficeCom() {
    for (String authority :
        List.of("https://login.microsoftonline.com", "http://127.0.0.1:4711/microsoft")) {
      assertThat(microsoft(authority, "https://graph.microsoft.com").scopes())
          .containsEntry(Protocol.SMTP, List.of("https://outlook.office.com/SMTP.Send"));
    }
  }

  @Test
  void aScopeTellsItsResource() {
    Provider microsoft =
        microsoft("https://login.microsoftonline.com", "https://graph.microsoft.com");
    assertThat(microsoft.resource(Protocol.SMTP, "https://outlook.office.com/SMTP.Send"))
        .isEqualTo("https://outlook.office.com");
    assertThat(microsoft.resource(Protocol.MAILBOX, "Mail.ReadWrite"))
        .isEqualTo("https://graph.microsoft.com");
    assertThat(Providers.google().resource(Protocol.SMTP, "https://mail.google.com/")).isEmpty();
  }

  @Test
  void googleMovesWithItsIssuerAndLeavesNoPublicAddressBehind() {
    Endpoints moved =
        endpoints(
            Providers.google(
                Optional.of(URI.create("https://127.0.0.1:4711/o/oauth2/v2/auth")),
                Optional.of(URI.create("https://127.0.0.1:4711/token"))));
    assertThat(moved.issuer()).contains("https://127.0.0.1:4711");
    assertThat(moved.toString()).doesNotContain("google");
    assertThat(endpoints(Providers.google()).issuer()).contains("https://accounts.google.com");
  }

  @Test
  void aGenericProviderIsNamedAfterItsServer() {
    Provider provider =
        Providers.generic(
            "",
            new EndpointSource.Discovered(URI.create("https://login.example.com/realm")),
            Map.of(Protocol.SMTP, List.of("mail")),
            List.of("openid"),
            Map.of(),
            Mechanism.OAUTHBEARER);
    assertThat(provider.title()).isEqualTo("login.example.com");
    assertThat(provider.redirectPath()).isEqualTo("/oauth2/login.example.com");
    assertThat(provider.identity()).isEqualTo(Identity.ID_TOKEN);
  }
}
