package org.cloudmdirsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.Grant;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;
import org.cloudmdirsync.sasl.Mechanism;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accounts at other providers, with other registrations, and of apps alone. */
final class RegistrationTest {
  private static final String DEFAULT_CLIENT = "122f4826-adf9-465d-8e84-e9d00bc9f234";

  @TempDir private Path directory;

  @Test
  void halfARegistrationIsTheDefaultAsInTheOriginalButSaidSo() throws IOException {
    ConfigResult.Loaded result =
        home()
            .loaded(
                """
                a = Office365_Account(user="a@b.c", tenant="contoso.com")
                CredentialServer("/run/cms.sock", [a])
                """);
    Account account = result.configuration().accounts().getFirst();
    assertThat(account.client().clientId()).isEqualTo(DEFAULT_CLIENT);
    assertThat(Home.authorization(account)).contains("/common/");
    assertThat(result.notices())
        .singleElement()
        .asString()
        .endsWith(
            "cms.cfg:1:5: \"tenant\" is ignored without \"client_id\", as ever; give both, or"
                + " neither");
  }

  @Test
  void aLoneClientIdCountsBesideArgumentsTheOriginalDidNotHave() throws IOException {
    ConfigResult.Loaded result =
        home()
            .loaded(
                """
                a = Office365_Account(user="a@b.c", client_id="mine", spa=True)
                CredentialServer("/run/cms.sock", [a])
                """);
    Account account = result.configuration().accounts().getFirst();
    assertThat(result.notices()).isEmpty();
    assertThat(account.client().clientId()).isEqualTo("mine");
    assertThat(Home.authorization(account)).contains("/common/");
  }

  @Test
  void ownRegistration() throws IOException {
    ConfigResult.Loaded result =
        home()
            .loaded(
                """
                a = Office365_Account(user="a@b.c", client_id="mine", tenant="contoso.com",
                    sasl_user="shared@b.c", redirect_uri="http://localhost/x",
                    authority="https://login.microsoftonline.us", scopes={"SMTP": "one two"})
                CredentialServer("/run/cms.sock", [a])
                """);
    Account account = result.configuration().accounts().getFirst();
    assertThat(result.notices()).isEmpty();
    assertThat(account.client().clientId()).isEqualTo("mine");
    assertThat(account.client().singlePageApp()).isFalse();
    assertThat(account.client().redirectUri()).isEqualTo(URI.create("http://localhost/x"));
    assertThat(account.saslUser()).contains("shared@b.c");
    assertThat(account.scopes()).containsEntry(Protocol.SMTP, List.of("one", "two"));
    assertThat(Home.authorization(account))
        .startsWith("https://login.microsoftonline.us/contoso.com/");
  }

  @Test
  void aRegistrationStaysTogether() throws IOException {
    Account account =
        home()
            .loaded(
                """
                Registration("microsoft", client_id="theirs", redirect_uri="http://localhost/theirs", spa=True)
                a = Office365_Account(user="a@b.c", client_id="mine", tenant="contoso.com")
                CredentialServer("/run/cms.sock", [a])
                """)
            .configuration()
            .accounts()
            .getFirst();
    assertThat(account.client().redirectUri())
        .isEqualTo(URI.create("http://127.0.0.1:8080/oauth2/msal"));
    assertThat(account.client().singlePageApp()).isFalse();
  }

  @Test
  void anyProvider() throws IOException {
    Account account =
        home()
            .loaded(
                """
                a = OAuth2_Account(user="a@b.c", issuer="http://127.0.0.1:9/", client_id="x",
                    client_secret="hush", mechanism="OAUTHBEARER", spa=True,
                    scopes={"SMTP": ["mail"]}, parameters={"prompt": "login"})
                CredentialServer("/run/cms.sock", [a])
                """)
            .configuration()
            .accounts()
            .getFirst();
    Provider provider = account.provider();
    assertThat(provider.endpoints())
        .isEqualTo(new EndpointSource.Discovered(URI.create("http://127.0.0.1:9/")));
    assertThat(provider.mechanism()).isEqualTo(Mechanism.OAUTHBEARER);
    assertThat(provider.commonScopes()).contains("openid");
    assertThat(provider.authorizationParameters()).containsEntry("prompt", "login");
    assertThat(account.client().clientSecret()).contains(Secret.of("hush"));
    assertThat(account.client().singlePageApp()).isTrue();
  }

  @Test
  void appOnlyAccounts() throws IOException {
    List<Account> accounts =
        home()
            .loaded(
                """
                a = Office365_Account(user="a@b.c", tenant="b.c", client_id="x", client_secret="hush",
                                      app_only=True)
                b = Office365_Account(user="b@b.c", tenant="b.c", client_id="x", app_only=True,
                                      certificate="~/app.crt", private_key="~/app.key")
                c = Office365_Account(user="c@b.c", tenant="b.c", client_id="x", app_only=True,
                                      certificate="~/both.pem")
                d = GMail_Account(user="d@b.c", service_account="~/key.json")
                CredentialServer("/run/cms.sock", [a, b, c, d])
                """)
            .configuration()
            .accounts();
    assertThat(accounts)
        .extracting(Account::grant)
        .containsExactly(
            new Grant.ClientSecret(),
            new Grant.Certificate(directory.resolve("app.crt"), directory.resolve("app.key")),
            new Grant.Certificate(directory.resolve("both.pem"), directory.resolve("both.pem")),
            new Grant.ServiceAccount(directory.resolve("key.json")));
    assertThat(accounts.getFirst().scopes().get(Protocol.SMTP))
        .containsExactly("https://outlook.office365.com/.default");
    assertThat(accounts.getFirst().provider().commonScopes()).isEmpty();
  }

  @Test
  void registrationsStandInAFileOfTheirOwn() throws IOException {
    Files.writeString(
        directory.resolve("registrations.cfg"),
        """
        Registration("google", client_id="for-all", client_secret="s1")
        Registration("example.org", client_id="for-domain", client_secret="s2")
        """);
    Configuration configuration =
        home()
            .loaded(
                """
                accounts = []
                for user in ["a@gmail.com", "b@example.org"]:
                    accounts.append(GMail_Account(user=user))
                accounts += [GMail_Account(user="c@gmail.com", client_id="own")]
                CredentialServer("/run/cms.sock", accounts)
                """)
            .configuration();
    assertThat(configuration.accounts())
        .extracting(account -> account.client().clientId())
        .containsExactly("for-all", "for-domain", "own");
    assertThat(configuration.accounts())
        .extracting(account -> account.client().clientSecret().isPresent())
        .containsExactly(true, true, false);
  }

  @Test
  void anErrorInTheRegistrationsNamesTheirFile() throws IOException {
    Files.writeString(directory.resolve("registrations.cfg"), "Registration(\"gogle\")\n");
    assertThat(home().errors("").getFirst().toString())
        .contains("registrations.cfg:1:14: \"gogle\" is neither")
        .contains("did you mean \"google\"?");
  }

  private Home home() {
    return new Home(directory);
  }
}
