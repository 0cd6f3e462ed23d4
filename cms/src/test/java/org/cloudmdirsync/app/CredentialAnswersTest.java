package org.cloudmdirsync.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.cloudmdirsync.account.Accounts;
import org.cloudmdirsync.audit.Audit;
import org.cloudmdirsync.audit.Doorkeeper;
import org.cloudmdirsync.audit.RateLimit;
import org.cloudmdirsync.config.ConfigFile;
import org.cloudmdirsync.config.ConfigResult;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.credential.CredentialAnswer;
import org.cloudmdirsync.credential.CredentialReply;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialRequest;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.log.LogQueue;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.oauth.UserInfo;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.tls.Trust;
import org.cloudmdirsync.unix.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialAnswersTest {
  private static final String CONFIGURATION =
      """
      ann = Office365_Account(user="ann@example.com", authority="http://127.0.0.1:1")
      ben = Office365_Account(user="ben@example.com", authority="http://127.0.0.1:1")
      CredentialServer("/tmp/a.sock", accounts=[ann])
      CredentialServer("/tmp/b.sock", accounts=[ben], protocols=["IMAP"])
      cfg.state_dir = "STATE"
      """;

  @TempDir Path directory;
  private final LogQueue log = new LogQueue();
  private final Audit audit = new Audit(log, /* ourUser= */ 1);
  private RateLimit limit = new RateLimit(0);
  private Peer asking = new Peer(/* pid= */ 1, /* uid= */ 4711, /* gid= */ 4711);

  @Test
  void servesOnlyItsAccounts() throws Exception {
    assertThat(refusal("SMTP ben@example.com").kind()).isEqualTo(Kind.UNKNOWN_USER);
    assertThat(refusal("SMTP Ann@example.com").kind()).isEqualTo(Kind.UNKNOWN_USER);
  }

  @Test
  void servesOnlyItsProtocols() throws Exception {
    assertThat(refusal("IMAP ann@example.com").kind()).isEqualTo(Kind.PROTOCOL_NOT_SERVED);
    assertThat(refusal("smtp ann@example.com").kind()).isEqualTo(Kind.PROTOCOL_NOT_SERVED);
    assertThat(refusal("MAILBOX ann@example.com").kind()).isEqualTo(Kind.PROTOCOL_NOT_SERVED);
  }

  @Test
  void saysWhereToSignIn() throws Exception {
    CredentialReply.Refusal refusal = refusal("SMTP ann@example.com");
    assertThat(refusal.kind()).isEqualTo(Kind.SIGN_IN_NEEDED);
    assertThat(refusal.signInUrl()).hasValue("http://127.0.0.1:8080/");
  }

  private CredentialReply.Refusal refusal(String request) throws Exception {
    Path file = directory.resolve("cms.cfg");
    Files.writeString(file, CONFIGURATION.replace("STATE", directory.resolve("state").toString()));
    ConfigResult.Loaded loaded = (ConfigResult.Loaded) ConfigFile.load(file, Map.of());
    Configuration configuration = loaded.configuration();
    try (Http http = new Http(Trust.system(Map.of()), Map.of());
        Accounts accounts =
            new Accounts(
                configuration.accounts(),
                SecretStore.open(configuration.stateDir()),
                new TokenEndpoint(http),
                new Discovery(http),
                new UserInfo(http),
                InstantSource.system(),
                new SecureRandom(),
                _ -> {})) {
      accounts.start();
      int space = request.indexOf(' ');
      CredentialAnswer answer =
          new CredentialAnswers(
                  configuration.sockets().getFirst(),
                  new Doorkeeper(
                      configuration.sockets().getFirst().allowed(), limit, /* ourUser= */ 1),
                  audit,
                  log,
                  accounts,
                  URI.create("http://127.0.0.1:8080/"),
                  new LengthWarning(log))
              .apply(
                  asking,
                  new CredentialRequest(
                      request.substring(0, space), List.of(), request.substring(space + 1)));
      return (CredentialReply.Refusal)
          switch (answer) {
            case CredentialAnswer.Ready(CredentialReply reply) -> reply;
            case CredentialAnswer.Awaited(Supplier<CredentialReply> reply) -> reply.get();
          };
    }
  }
}
