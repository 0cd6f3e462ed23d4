package org.cloudmdirsync.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudmdirsync.account.AccountEvent.Problem;
import org.cloudmdirsync.account.AccountEvent.SignInNeeded;
import org.cloudmdirsync.account.TokenServer.Fault;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** From the first click to the first token, with everything that can go wrong in between. */
final class SignInsTest {
  private static final String CALLBACK = "http://127.0.0.1:8080/oauth2/example";

  @TempDir Path temporary;
  private World world;

  @BeforeEach
  void open() throws IOException {
    world = new World(temporary.resolve("cms"), TokenPer.RESOURCE);
  }

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void consentIsAskedOnceForEverything() {
    Map<String, String> query = begin();

    assertThat(query)
        .containsEntry(
            "scope",
            "https://outlook.example/SMTP.Send https://graph.example/Mail.ReadWrite openid"
                + " offline_access")
        .containsEntry("login_hint", World.USER)
        .containsEntry("access_type", "offline")
        .containsEntry("code_challenge_method", "S256")
        .doesNotContainKeys("prompt", "claims");
  }

  @Test
  void signingInServesBothResources() throws IOException {
    assertThat(signIn()).isEqualTo(new SignInResult.SignedIn(World.USER));
    assertThat(world.server.requests.getFirst())
        .containsEntry("scope", "https://outlook.example/SMTP.Send openid offline_access")
        .containsKey("code_verifier");

    assertThat(world.ask()).isInstanceOf(TokenAnswer.Token.class);
    world.pass(Duration.ofMinutes(1));
    assertThat(world.keeper.token(Protocol.MAILBOX, Duration.ZERO))
        .isInstanceOf(TokenAnswer.Token.class);
    assertThat(world.server.accepts(world.storedRefreshToken())).isTrue();
  }

  @Test
  void whatAPersonPastesCompletesASignIn() {
    String address = CALLBACK + "?state=" + begin().get("state") + "&code=c";

    assertThat(world.signIns.complete("c")).isInstanceOf(SignInResult.UnknownState.class);
    assertThat(world.signIns.complete(" \"" + address + "\"\n"))
        .isEqualTo(new SignInResult.SignedIn(World.USER));
    assertThat(world.signIns.complete(address)).isInstanceOf(SignInResult.UnknownState.class);
  }

  @Test
  void aSignInEndsASignInNeeded() throws IOException {
    world.pass(Duration.ofMinutes(1));
    signIn();
    world.pass(Duration.ofHours(3));

    assertThat(world.keeper.status().condition()).isEqualTo(AccountStatus.Condition.READY);
    assertThat(world.events(SignInNeeded.class)).hasSize(1);
    assertThat(world.events(AccountEvent.Recovered.class)).hasSize(1);
  }

  @Test
  void anotherPersonsTokenIsNeverStored() throws IOException {
    world.server.signsInAs = "other@example.com";

    assertThat(signIn()).isEqualTo(new SignInResult.WrongUser(World.USER, "other@example.com"));
    assertThat(world.storedRefreshToken()).isEqualTo("none");
    assertThat(world.ask()).isNotInstanceOf(TokenAnswer.Token.class);
  }

  @Test
  @Timeout(60)
  void aSignInDuringARefreshIsNotOverwrittenByIt() throws Exception {
    world.signedInBefore();
    CountDownLatch rotated = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    world.server.beforeAnswer =
        () -> {
          rotated.countDown();
          answer.await();
        };
    Thread refresh = Thread.ofPlatform().start(world.keeper::step);
    rotated.await();
    world.server.beforeAnswer = () -> {};
    Thread signIn = Thread.ofPlatform().start(this::signIn);
    while (!waitsForTheLock(signIn)) {
      Thread.onSpinWait();
    }
    answer.countDown();
    refresh.join();
    signIn.join();

    // The first is from before, the second came with the refresh.
    assertThat(world.storedRefreshToken()).isEqualTo("refresh-token-3");
  }

  private static boolean waitsForTheLock(Thread thread) {
    return Stream.of(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().endsWith(".ExclusiveLock"));
  }

  @Test
  void aDamagedCredentialIsNoReasonNotToAskForConsent() throws IOException {
    world.signedInBefore();
    try (Stream<Path> files = Files.list(world.state)) {
      Path file =
          files.filter(it -> it.toString().endsWith(".credential")).findFirst().orElseThrow();
      Files.writeString(file, "damaged");
    }
    world.server.givesRefreshTokens = false;

    assertThat(signIn()).isInstanceOf(SignInResult.Failed.class);
    assertThat(begin()).containsEntry("prompt", "consent");
  }

  @Test
  void theCaseOfAnAddressDoesNotMatter() {
    world.server.signsInAs = "User@Example.COM";

    assertThat(signIn()).isInstanceOf(SignInResult.SignedIn.class);
  }

  @Test
  void aStateIsGoodOnce() {
    URI callback = callback(begin(), "code=abc");

    assertThat(world.signIns.complete(callback)).isInstanceOf(SignInResult.SignedIn.class);
    assertThat(world.signIns.complete(callback)).isInstanceOf(SignInResult.UnknownState.class);
    assertThat(world.server.count()).isEqualTo(1);
  }

  @Test
  void aStateExpires() {
    URI callback = callback(begin(), "code=abc");
    world.clock.advance(Duration.ofMinutes(11));

    assertThat(world.signIns.complete(callback)).isInstanceOf(SignInResult.UnknownState.class);
    assertThat(world.server.count()).isZero();
  }

  @Test
  void severalSignInsAtOnceAndInAnyOrder() {
    URI first = callback(begin(), "code=a");
    URI second = callback(begin(), "code=b");

    assertThat(world.signIns.complete(second)).isInstanceOf(SignInResult.SignedIn.class);
    assertThat(world.signIns.complete(first)).isInstanceOf(SignInResult.SignedIn.class);
  }

  @Test
  void anAnswerOnAnotherProvidersPathIsRefused() {
    String state = begin().getOrDefault("state", "");
    URI elsewhere = URI.create("http://127.0.0.1:8080/oauth2/other?code=a&state=" + state);

    assertThat(world.signIns.complete(elsewhere)).isInstanceOf(SignInResult.Failed.class);
    assertThat(world.server.count()).isZero();
  }

  @Test
  void aDenialShowsTheProvidersWordsAndCanBeTriedAgain() {
    URI denial =
        callback(begin(), "error=access_denied&error_description=The+user+declined+to+consent.");

    assertThat(world.signIns.complete(denial))
        .isInstanceOfSatisfying(
            SignInResult.Denied.class,
            denied ->
                assertThat(denied.words())
                    .contains("access_denied", "The user declined to consent."));
    assertThat(signIn()).isInstanceOf(SignInResult.SignedIn.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"PORTAL", "BUSY", "RESET", "INVALID_GRANT", "INVALID_CLIENT"})
  void aFailedRedemptionSaysWhyAndCanBeTriedAgain(Fault fault) {
    world.server.fault = fault;
    assertThat(signIn())
        .isInstanceOfSatisfying(
            SignInResult.Failed.class, failed -> assertThat(failed.reason()).isNotBlank());

    world.server.fault = Fault.NONE;
    assertThat(signIn()).isInstanceOf(SignInResult.SignedIn.class);
  }

  @Test
  void anUntickedPermissionIsNamedAndTheFormerRefreshTokenKept() throws IOException {
    world.signedInBefore();
    world.server.grantedScope = Optional.of("openid email");

    assertThat(signIn())
        .isInstanceOfSatisfying(
            SignInResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("https://outlook.example/SMTP.Send"));
    assertThat(world.storedRefreshToken()).isEqualTo("refresh-token-1");
  }

  @Test
  void withoutARefreshTokenConsentIsAskedForOnceMoreAndTheTokenServedMeanwhile() {
    world.server.givesRefreshTokens = false;

    assertThat(signIn())
        .isInstanceOfSatisfying(
            SignInResult.Failed.class,
            failed -> assertThat(failed.reason()).contains("no refresh token"));
    assertThat(world.ask()).isInstanceOf(TokenAnswer.Token.class);

    Map<String, String> second = begin();
    assertThat(second).containsEntry("prompt", "consent");
    assertThat(world.signIns.complete(callback(second, "code=b")))
        .isInstanceOf(SignInResult.SignedIn.class);
    assertThat(world.events(Problem.class)).isNotEmpty();

    world.pass(Duration.ofMinutes(50));
    assertThat(world.ask()).as("until it expires").isInstanceOf(TokenAnswer.Token.class);
    assertThat(world.events(SignInNeeded.class)).hasSize(1);
  }

  @Test
  void anEarlierRefreshTokenServesASignInThatBringsNone() throws IOException {
    world.signedInBefore();
    world.server.givesRefreshTokens = false;

    assertThat(signIn()).isInstanceOf(SignInResult.SignedIn.class);
    assertThat(world.storedRefreshToken()).isEqualTo("refresh-token-1");
  }

  @Test
  void aChallengeIsPassedBackVerbatim() throws IOException {
    world.signedInBefore();
    world.server.fault = Fault.MFA;
    world.pass(Duration.ofMinutes(1));

    assertThat(begin()).containsEntry("claims", "{\"access_token\":{}}");
  }

  @Test
  void aFullDiskDoesNotCostTheSignIn() throws IOException {
    Path inTheWay = world.inTheWay();

    assertThat(signIn()).isInstanceOf(SignInResult.SignedIn.class);
    assertThat(world.events)
        .as("`login` waits for the first")
        .hasExactlyElementsOfTypes(AccountEvent.SignedIn.class, Problem.class);
    assertThat(world.ask()).as("not before it is stored").isNotInstanceOf(TokenAnswer.Token.class);

    Files.delete(inTheWay);
    world.pass(Duration.ofMinutes(6));
    assertThat(world.ask()).isInstanceOf(TokenAnswer.Token.class);
    assertThat(world.server.accepts(world.storedRefreshToken())).isTrue();
  }

  @Test
  void whatCannotBeReadIsMendedBeforeASignInWithoutARefreshToken() throws IOException {
    Path unreadable = Files.createDirectories(world.credentialFile());
    world.server.givesRefreshTokens = false;

    assertThat(signIn())
        .isInstanceOfSatisfying(
            SignInResult.Failed.class,
            failed -> assertThat(failed.reason()).contains(unreadable.toString()));
    assertThat(world.events).hasExactlyElementsOfTypes(Problem.class);
    assertThat(world.ask()).isNotInstanceOf(TokenAnswer.Token.class);

    Files.delete(unreadable);
    world.server.givesRefreshTokens = true;
    assertThat(signIn()).isInstanceOf(SignInResult.SignedIn.class);
  }

  @Test
  void anUnknownUserCannotBegin() {
    assertThat(world.signIns.begin("nobody@example.com"))
        .isInstanceOf(BeginResult.UnknownUser.class);
  }

  private SignInResult signIn() {
    return world.signIns.complete(callback(begin(), "code=abc"));
  }

  private Map<String, String> begin() {
    BeginResult.Redirect redirect = (BeginResult.Redirect) world.signIns.begin(World.USER);
    return Arrays.stream(redirect.uri().getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> decode(pair[1])));
  }

  private static URI callback(Map<String, String> query, String answer) {
    return URI.create(CALLBACK + "?" + answer + "&state=" + query.get("state"));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
