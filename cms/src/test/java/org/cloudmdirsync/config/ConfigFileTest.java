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
import org.cloudmdirsync.config.Configuration.CredentialSocket;
import org.cloudmdirsync.config.Configuration.Mailbox;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.secret.KeyPlace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFileTest {
  private static final String DEFAULT_CLIENT = "122f4826-adf9-465d-8e84-e9d00bc9f234";

  @TempDir private Path directory;

  @Test
  void threeLinesOfTheSpecification() throws IOException {
    Configuration configuration =
        home()
            .loaded(Files.readString(Corpus.DIRECTORY.resolve("01-spec-basic.cfg")))
            .configuration();

    Account account = configuration.accounts().getFirst();
    assertThat(configuration.accounts()).hasSize(1);
    assertThat(account.user()).isEqualTo("user@domain.com");
    assertThat(account.uses()).isEqualTo(Set.of(Protocol.SMTP, Protocol.MAILBOX));
    assertThat(account.client().clientId()).isEqualTo(DEFAULT_CLIENT);
    assertThat(account.client().clientSecret()).isEmpty();
    assertThat(account.client().singlePageApp()).isTrue();
    assertThat(account.client().redirectUri())
        .isEqualTo(URI.create("http://127.0.0.1:8080/oauth2/msal"));
    assertThat(Home.authorization(account)).contains("/common/");
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
        home()
            .loaded(
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
    Configuration configuration = home().loaded(line).configuration();
    String printed = EffectiveConfiguration.print(configuration);
    assertThat(printed.contains("SecretStore")).isEqualTo(configuration.keyPlace().isPresent());
    return configuration.keyPlace();
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
  void theSameAccountTwiceIsOneAccountWithBothUses() throws IOException {
    Configuration configuration =
        home()
            .loaded(
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
        home()
            .loaded(
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
        home()
            .loaded(
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

  private String reason(Path file) {
    return ((ConfigResult.Invalid) home().load(file)).errors().getFirst().toString();
  }

  private Home home() {
    return new Home(directory);
  }
}
