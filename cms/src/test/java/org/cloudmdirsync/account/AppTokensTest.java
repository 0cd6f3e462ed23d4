package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;
import org.cloudmdirsync.provider.Providers;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.simulator.Client;
import org.cloudmdirsync.simulator.HttpFault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts that nobody signs in to, at the simulator's providers. */
final class AppTokensTest {
  private static final String ROBOT = "robot@mail.iam.example";
  private static final String GMAIL = "https://mail.google.com/";

  @TempDir static Path keys;
  private static KeyPairs registered;
  private static KeyPairs another;

  @TempDir Path temporary;
  private Cloud cloud;

  @BeforeAll
  static void makeKeys() throws Exception {
    registered = KeyPairs.make(keys, "registered");
    another = KeyPairs.make(keys, "another", "-startdate", "-5y", "-validity", "2");
  }

  @BeforeEach
  void open() throws IOException {
    cloud = new Cloud(temporary.resolve("cms"));
    cloud
        .simulator
        .directory()
        .register(new Client("app", Client.Kind.WEB, List.of(), Optional.of("hush")));
    cloud
        .simulator
        .directory()
        .register(new Client("signer", Client.Kind.WEB, List.of(), Optional.empty()));
    cloud.simulator.directory().register("signer", registered.certificate());
    cloud.simulator.directory().register(registered.serviceAccount(ROBOT, "example.com", GMAIL));
  }

  @AfterEach
  void close() throws IOException {
    cloud.close();
  }

  @Test
  void aSecretIsEnough() throws Exception {
    TokenKeeper keeper = cloud.keeper(microsoft("contoso.example", "hush"));
    keeper.step();

    assertThat(keeper.token(Protocol.SMTP, Duration.ZERO)).isInstanceOf(TokenAnswer.Token.class);
    assertThat(temporary.resolve("cms"))
        .as("nothing is stored")
        .isDirectoryNotContaining("glob:**.credential");
    assertRenewed(keeper);
  }

  @Test
  void aCertificateIsEnough() throws Exception {
    assertRenewed(cloud.keeper(signer(registered.certificateFile(), registered.keyFile())));
  }

  @Test
  void aServiceAccountIsEnough() throws Exception {
    assertRenewed(cloud.keeper(google(registered.serviceAccountFile(ROBOT))));
  }

  /** The same lifecycle: a token ahead of the former one's end. */
  private void assertRenewed(TokenKeeper keeper) {
    keeper.step();
    Secret first = held(keeper);
    cloud.clock.advance(Duration.ofMinutes(52));
    keeper.step();
    assertThat(held(keeper)).isNotEqualTo(first);
  }

  private static Secret held(TokenKeeper keeper) {
    return keeper.heldToken(Protocol.SMTP).orElseThrow().accessToken();
  }

  @ParameterizedTest
  @CsvSource({
    "contoso.example, wrong, AADSTS7000215, client_secret is wrong",
    "common,          hush,  AADSTS50059,   check tenant",
  })
  void aWrongRegistrationIsSaid(String tenant, String secret, String code, String words)
      throws Exception {
    assertThat(problem(microsoft(tenant, secret))).contains(code, words);
  }

  @Test
  void aWrongKeyIsSaid() throws Exception {
    Path certificate = registered.certificateFile();
    Path key = registered.keyFile();

    assertThat(problem(signer(certificate, another.keyFile())))
        .contains("does not belong to the certificate");
    assertThat(problem(signer(another.certificateFile(), another.keyFile()))).contains("ended on");
    assertThat(problem(signer(certificate, keys.resolve("nowhere.key"))))
        .contains("there is no file")
        .contains("nowhere.key");
    assertThat(problem(signer(key, key))).contains("there is no certificate (PEM)");
    Path old =
        Files.writeString(
            temporary.resolve("old"),
            "-----BEGIN RSA PRIVATE KEY-----\nMII=\n-----END RSA PRIVATE KEY-----\n");
    assertThat(problem(signer(certificate, old))).contains("openssl pkcs8 -topk8 -nocrypt");
    Path broken =
        Files.writeString(
            temporary.resolve("broken"),
            "-----BEGIN PRIVATE KEY-----\nMII=\n-----END PRIVATE KEY-----\n");
    assertThat(problem(signer(certificate, broken))).contains("is damaged");
  }

  @Test
  void aCertificateThatIsNotRegisteredIsSaid() throws Exception {
    KeyPairs stranger = KeyPairs.make(temporary, "stranger");

    assertThat(problem(signer(stranger.certificateFile(), stranger.keyFile())))
        .contains("AADSTS700027", "not the one that is registered");
  }

  @Test
  void aServiceAccountThatMayNotIsSaid() throws Exception {
    cloud.simulator.directory().register(registered.serviceAccount(ROBOT, "", GMAIL));
    assertThat(problem(google(registered.serviceAccountFile(ROBOT))))
        .contains("Client is unauthorized", "an administrator must delegate");
    assertThat(problem(google(registered.serviceAccountFile("nobody@mail.iam.example"))))
        .contains("account not found", "check user, the key file and this machine's clock")
        .doesNotContain("sign in");
    Path foreign =
        Files.writeString(temporary.resolve("key.json"), "{\"type\": \"authorized_user\"}");
    assertThat(problem(google(foreign))).contains("is not the JSON key file of a service account");
  }

  /** Whatever is refused, nobody is asked to sign in. */
  private String problem(Account account) throws IOException {
    TokenKeeper keeper = cloud.keeper(account);
    keeper.step();
    AccountStatus status = keeper.status();
    assertThat(status.condition()).isEqualTo(AccountStatus.Condition.MISCONFIGURED);
    assertThat(keeper.token(Protocol.SMTP, Duration.ZERO))
        .isInstanceOf(TokenAnswer.Misconfigured.class);
    return status.problem().orElseThrow();
  }

  @Test
  void anOutagePasses() throws Exception {
    cloud.simulator.httpFaults().next("token", HttpFault.captivePortal());
    TokenKeeper keeper = cloud.keeper(microsoft("contoso.example", "hush"));
    keeper.step();
    assertThat(keeper.status().condition()).isEqualTo(AccountStatus.Condition.UNAVAILABLE);
    cloud.clock.advance(Duration.ofMinutes(1));
    keeper.step();
    assertThat(keeper.status().condition()).isEqualTo(AccountStatus.Condition.READY);
  }

  @Test
  void nobodySignsIn() throws Exception {
    SignIns signIns = cloud.signIns(cloud.keeper(microsoft("contoso.example", "hush")));

    assertThat(signIns.ways(Cloud.USER)).isEmpty();
    assertThat(signIns.begin(Cloud.USER)).isInstanceOf(BeginResult.Unavailable.class);
    assertThat(signIns.device(Cloud.USER)).isInstanceOf(DeviceResult.NotOffered.class);
  }

  private Account microsoft(String tenant, String secret) {
    return account(
        microsoft(tenant), "app", Optional.of(Secret.of(secret)), new Grant.ClientSecret());
  }

  private Account signer(Path certificate, Path key) {
    return account(
        microsoft("contoso.example"),
        "signer",
        Optional.empty(),
        new Grant.Certificate(certificate, key));
  }

  private Account google(Path keyFile) {
    return account(
        Providers.google(Optional.empty(), Optional.of(cloud.simulator.http().resolve("/token"))),
        "",
        Optional.empty(),
        new Grant.ServiceAccount(keyFile));
  }

  private Provider microsoft(String tenant) {
    return Providers.microsoft(
            cloud.simulator.http(), tenant, URI.create("https://graph.microsoft.com"))
        .forApp();
  }

  private static Account account(
      Provider provider, String client, Optional<Secret> secret, Grant grant) {
    return new Account(
        Cloud.USER,
        provider,
        new ClientRegistration(
            client, secret, URI.create("http://127.0.0.1:8080" + provider.redirectPath()), false),
        Optional.empty(),
        provider.scopes(),
        Set.of(Protocol.SMTP),
        grant);
  }
}
