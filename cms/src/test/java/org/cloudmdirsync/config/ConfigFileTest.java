package org.cloudmdirsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.Grant;
import org.cloudmdirsync.config.Configuration.CredentialSocket;
import org.cloudmdirsync.config.Configuration.Mailbox;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;
import org.cloudmdirsync.sasl.Mechanism;
import org.cloudmdirsync.secret.KeyPlace;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFileTest {
  private static final String DEFAULT_CLIENT = "122f4826-adf9-465d-8e84-e9d00bc9f234";

  @TempDir private Path directory;

  @Test
  void threeLinesOfTheSpecification() throws IOException {
    Configuration configuration =
        loaded(Files.readString(Corpus.DIRECTORY.resolve("01-spec-basic.cfg"))).configuration();

    Account account = configuration.accounts().getFirst();
    assertThat(configuration.accounts()).hasSize(1);
    assertThat(account.user()).isEqualTo("user@domain.com");
    assertThat(account.uses()).isEqualTo(Set.of(Protocol.SMTP, Protocol.MAILBOX));
    assertThat(account.client().clientId()).isEqualTo(DEFAULT_CLIENT);
    assertThat(account.client().clientSecret()).isEmpty();
    assertThat(account.client().singlePageApp()).isTrue();
    assertThat(account.client().redirectUri())
        .isEqualTo(URI.create("http://127.0.0.1:8080/oauth2/msal"));
    assertThat(authorization(account)).contains("/common/");
    assertThat(configuration.sockets())
        .containsExactly(
            new CredentialSocket(
                Path.of("/var/run/user/XXX/cms.sock"),
                0600,
                List.of(account),
                List.of(Protocol.SMTP),
                Optional.empty()));
    assertThat(configuration.mailboxes())
        .containsExactly(
            new Mailbox.Cloud(
                "Office365",
                "inbox",
                "user@domain.com",
                URI.create("https://graph.microsoft.com"),
                "archive"));
    assertThat(configuration.stateDir())
        .isEqualTo(directory.resolve(".local/state/cloud-mdir-sync"));
  }

  @Test
  void settingsOfThePage() throws IOException {
    Configuration configuration =
        loaded(
                """
                a = Office365_Account(user="a@b.c")
                CredentialServer("~/cms.sock", [a], 0o666, ["IMAP"])
                cfg.web_url = "http://localhost:9000"
                cfg.state_dir = "~/state"
                """)
            .configuration();
    assertThat(configuration.webUrl()).isEqualTo(URI.create("http://localhost:9000/"));
    assertThat(configuration.stateDir()).isEqualTo(directory.resolve("state"));
    assertThat(configuration.accounts().getFirst().client().redirectUri())
        .isEqualTo(URI.create("http://localhost:9000/oauth2/msal"));
    assertThat(configuration.sockets().getFirst().path()).isEqualTo(directory.resolve("cms.sock"));
    assertThat(configuration.sockets().getFirst().mode()).isEqualTo(0666);
  }

  @Test
  void whereTheKeyRests() throws IOException {
    assertThat(keyPlace("")).isEmpty();
    assertThat(keyPlace("SecretStore(\"key-file\")")).contains(new KeyPlace.KeyFile());
    assertThat(keyPlace("SecretStore('secret-service')")).contains(new KeyPlace.SecretService());
    assertThat(keyPlace("SecretStore('passphrase')")).contains(new KeyPlace.Passphrase());
    assertThat(keyPlace("SecretStore('systemd-credential')"))
        .contains(new KeyPlace.SystemdCredential("cloud-mdir-sync"));
    assertThat(keyPlace("SecretStore('systemd-credential', name='cms-key')"))
        .contains(new KeyPlace.SystemdCredential("cms-key"));
  }

  private Optional<KeyPlace> keyPlace(String line) throws IOException {
    Configuration configuration = loaded(line).configuration();
    String printed = EffectiveConfiguration.print(configuration);
    assertThat(printed.contains("SecretStore")).isEqualTo(configuration.keyPlace().isPresent());
    return configuration.keyPlace();
  }

  @Test
  void halfARegistrationIsTheDefaultAsInTheOriginalButSaidSo() throws IOException {
    ConfigResult.Loaded result =
        loaded(
            """
            a = Office365_Account(user="a@b.c", tenant="contoso.com")
            CredentialServer("/run/cms.sock", [a])
            """);
    Account account = result.configuration().accounts().getFirst();
    assertThat(account.client().clientId()).isEqualTo(DEFAULT_CLIENT);
    assertThat(authorization(account)).contains("/common/");
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
        loaded(
            """
            a = Office365_Account(user="a@b.c", client_id="mine", spa=True)
            CredentialServer("/run/cms.sock", [a])
            """);
    Account account = result.configuration().accounts().getFirst();
    assertThat(result.notices()).isEmpty();
    assertThat(account.client().clientId()).isEqualTo("mine");
    assertThat(authorization(account)).contains("/common/");
  }

  @Test
  void ownRegistration() throws IOException {
    ConfigResult.Loaded result =
        loaded(
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
    assertThat(authorization(account)).startsWith("https://login.microsoftonline.us/contoso.com/");
  }

  @Test
  void withoutANameTheUsersConfigurationIsRead() throws IOException {
    Map<String, String> environment = Map.of("HOME", directory.toString());
    assertThat(ConfigFile.usual(environment)).isEqualTo(Path.of("cms.cfg"));

    Path ours = Files.createDirectories(directory.resolve(".config/cloud-mdir-sync"));
    Path file = Files.createFile(ours.resolve("cms.cfg"));
    assertThat(ConfigFile.usual(environment)).isEqualTo(file);
  }

  @Test
  void aRegistrationStaysTogether() throws IOException {
    Account account =
        loaded(
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
        loaded(
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
        loaded(
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
        loaded(
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
    assertThat(errors("").getFirst().toString())
        .contains("registrations.cfg:1:14: \"gogle\" is neither")
        .contains("did you mean \"google\"?");
  }

  @Test
  void theSameAccountTwiceIsOneAccountWithBothUses() throws IOException {
    Configuration configuration =
        loaded(
                """
                Office365("inbox", Office365_Account(user="a@b.c"))
                CredentialServer("/run/cms.sock", [Office365_Account(user="a@b.c")])
                """)
            .configuration();
    assertThat(configuration.accounts()).hasSize(1);
    assertThat(configuration.accounts().getFirst().uses())
        .isEqualTo(Set.of(Protocol.SMTP, Protocol.MAILBOX));
    assertThat(configuration.sockets().getFirst().accounts()).isEqualTo(configuration.accounts());
  }

  @Test
  void notices() throws IOException {
    ConfigResult.Loaded result =
        loaded(
            """
            unused = Office365_Account(user="a@b.c")
            CredentialServer("/run/cms.sock", [], umask=0o007)
            print("hello", 1)
            """);
    assertThat(result.configuration().accounts()).isEmpty();
    assertThat(result.notices())
        .hasSize(4)
        .anyMatch(notice -> notice.contains("cms.cfg:2:35: no account is listed"))
        .anyMatch(notice -> notice.endsWith("cms.cfg:1:10: nothing uses the account of a@b.c"))
        .anyMatch(notice -> notice.contains("cms.cfg:2:45: \"umask\" is the mode of the socket"))
        .anyMatch(notice -> notice.endsWith("cms.cfg: hello 1"));
  }

  @Test
  void filesThatCannotBeRead() throws IOException {
    assertThat(reason(directory.resolve("missing.cfg"))).contains("missing.cfg: there is no such");
    assertThat(reason(directory)).contains("directory");
    Path binary = directory.resolve("binary.cfg");
    Files.write(binary, "a = 1\nb = '\u00e4'".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(reason(binary)).contains("line 2 is not UTF-8");
    Path large = directory.resolve("large.cfg");
    Files.writeString(large, "#".repeat(1 << 21));
    assertThat(reason(large)).contains("larger than a megabyte");
  }

  @Test
  void printsWhatIsInEffectButNoSecret() throws IOException {
    Configuration configuration =
        loaded(
                """
                a = OAuth2_Account(user="a@fastmail.com", provider="fastmail", client_id="x",
                    client_secret="hush")
                CredentialServer("/run/cms.sock", [a], protocols=["SMTP", "IMAP"],
                                 umask=0o600, allow=["group:root", "/proc/self/exe"])
                g = GMail_Account(user="g@gmail.com", client_id="x", api="http://localhost:1/gmail")
                GMail("INBOX", g).delete_action = "delete"
                MailDir("/mail")
                cfg.state_dir = "/state"
                cfg.message_db_dir = "~/db"
                cfg.nudge_hours = (22, 24)
                cfg.on_event = "logger cms"
                cfg.requests_per_second = 10
                cfg.audit_interval = 0
                cfg.metrics_url = "http://127.0.0.1:9101/metrics"
                """)
            .configuration();
    assertThat(EffectiveConfiguration.print(configuration))
        .isEqualTo(
            """
            web_url              http://127.0.0.1:8080/
            state_dir            /state
            message_db_dir       HOME/db
            nudge_hours          22:00 to 00:00
            on_event             logger cms
            requests_per_second  10
            audit_interval       0
            metrics_url          http://127.0.0.1:9101/metrics

            account a@fastmail.com
              provider           Fastmail
              authorization      https://api.fastmail.com/oauth/authorize
              token              https://api.fastmail.com/oauth/refresh
              client_id          x
              client_secret      given
              redirect_uri       http://127.0.0.1:8080/oauth2/fastmail
              spa                False
              used for SMTP      https://www.fastmail.com/dev/protocol-smtp
              used for IMAP      https://www.fastmail.com/dev/protocol-imap

            account g@gmail.com
              provider           Google
              authorization      https://accounts.google.com/o/oauth2/v2/auth
              token              https://oauth2.googleapis.com/token
              client_id          x
              client_secret      none
              redirect_uri       http://127.0.0.1:8080/oauth2/gmail
              spa                False
              used for mailboxes https://www.googleapis.com/auth/gmail.modify

            CredentialServer /run/cms.sock
              mode               0o600
              accounts           a@fastmail.com
              protocols          SMTP, IMAP
              allow              owner and root, group 0, only with PROGRAM

            GMail INBOX
              account            g@gmail.com
              api                http://localhost:1/gmail
              delete_action      delete

            MailDir /mail
            """
                .replace("HOME", directory.toString())
                .replace("PROGRAM", Path.of("/proc/self/exe").toRealPath().toString()));
  }

  private static String authorization(Account account) {
    return account.provider().endpoints() instanceof EndpointSource.Known known
        ? known.endpoints().authorization().toString()
        : "";
  }

  private ConfigResult load(Path file) {
    return ConfigFile.load(file, Map.of("HOME", directory.toString()));
  }

  private ConfigResult.Loaded loaded(String text) throws IOException {
    ConfigResult result = load(Files.writeString(directory.resolve("cms.cfg"), text));
    assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
    return (ConfigResult.Loaded) result;
  }

  private List<ConfigError> errors(String text) throws IOException {
    ConfigResult result = load(Files.writeString(directory.resolve("cms.cfg"), text));
    assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
    return ((ConfigResult.Invalid) result).errors();
  }

  private String reason(Path file) {
    return ((ConfigResult.Invalid) load(file)).errors().getFirst().toString();
  }
}
