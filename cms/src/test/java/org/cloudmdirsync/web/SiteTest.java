package org.cloudmdirsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.AccountStatus.Condition;
import org.cloudmdirsync.account.BeginResult;
import org.cloudmdirsync.account.DeviceResult;
import org.cloudmdirsync.account.SignInResult;
import org.cloudmdirsync.account.SignInWay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteTest {
  private static final String CALLBACK = "/oauth2/example";
  private static final String HOST = "127.0.0.1:8080";

  private final List<AccountStatus> accounts = new ArrayList<>();
  private final List<URI> completed = new ArrayList<>();
  private final List<String> pasted = new ArrayList<>();
  private BeginResult begun = new BeginResult.UnknownUser();
  private DeviceResult device = new DeviceResult.UnknownUser();
  private SignInResult result = new SignInResult.SignedIn("ann@example.com");

  private final Site site =
      new Site(
          Loopback.authorities(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 8080)),
          new PageSource(
              () -> accounts,
              List::of,
              user -> begun,
              callback -> {
                completed.add(callback);
                return result;
              },
              text -> {
                pasted.add(text);
                return result;
              },
              user -> Set.of(SignInWay.BROWSER),
              user -> device),
          new DeviceSignIns(new Changes()));

  SiteTest() {
    account("ann@example.com", Condition.SIGN_IN_NEEDED);
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          127.0.0.1:8080, 200
          localhost:8080, 200
          [::1]:8080, 200
          127.0.0.1, 421
          127.0.0.1:8081, 421
          127.0.0.2:8080, 421
          evil.example:8080, 421
          localhost.evil.example:8080, 421
          , 421
          """)
  void onlyLoopbackNamesAreServed(String host, int status) {
    Request request = get(Optional.ofNullable(host), Optional.empty(), "/", "");
    assertThat(site.answer(request).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
  void onlyGetIsServed(String method) {
    Request request =
        new Request(
            method,
            Optional.of(HOST),
            Optional.empty(),
            Optional.empty(),
            CALLBACK,
            query("state=s"),
            "",
            true);
    assertThat(site.answer(request).status()).isEqualTo(405);
    assertThat(site.answer(request).headers()).containsEntry("Allow", "GET");
    assertThat(completed).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/favicon.ico",
        "//",
        "/oauth2/exampl",
        "/oauth2/example/",
        "/%2e%2e/etc/passwd",
        ""
      })
  void otherPathsAreNotFound(String path) {
    assertThat(get(path, "").status()).isEqualTo(404);
  }

  @Test
  void signInRedirectsToTheProvider() {
    begun = new BeginResult.Redirect(URI.create("https://login.example/?state=s"));
    Answer answer = get("/sign-in", "user=ann%40example.com");
    assertThat(answer.status()).isEqualTo(303);
    assertThat(answer.headers()).containsEntry("Location", "https://login.example/?state=s");
  }

  @Test
  void signInThatCannotBeginSaysWhy() {
    begun = new BeginResult.Unavailable("login.example does not answer");
    Answer answer = get("/sign-in", "user=ann%40example.com");
    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.body()).contains("login.example does not answer");
  }

  @Test
  void signInOfAnUnknownUserIsNotFound() {
    Answer answer = get("/sign-in", "user=%3Cb%3E");
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.body()).contains("no account &quot;&lt;b&gt;&quot;");
  }

  @ParameterizedTest
  @CsvSource({"cross-site, 403", "same-site, 403", "same-origin, 303", "none, 303"})
  void anotherSiteCannotStartASignIn(String from, int status) {
    begun = new BeginResult.Redirect(URI.create("https://login.example/"));
    Request request = get(Optional.of(HOST), Optional.of(from), "/sign-in", "user=a");
    assertThat(site.answer(request).status()).isEqualTo(status);
  }

  @Test
  void theCallbackArrivesAsTheBrowserSentIt() {
    Answer answer = get(CALLBACK, "code=4%2F0Ax&state=s&iss=https%3A%2F%2Fx");
    assertThat(completed)
        .containsExactly(
            URI.create(
                "http://127.0.0.1:8080/oauth2/example?code=4%2F0Ax&state=s&iss=https%3A%2F%2Fx"));
    assertThat(answer.status()).isEqualTo(200);
  }

  @Test
  void afterTheLastSignInTheWindowMayBeClosed() {
    accounts.clear();
    account("ann@example.com", Condition.READY);
    account("bob@example.com", Condition.UNAVAILABLE);
    assertThat(get(CALLBACK, "state=s").body())
        .contains("ann@example.com</strong> is signed in", "You may close this window")
        .doesNotContain("/sign-in");
  }

  @Test
  void theNextAccountThatNeedsASignInIsOffered() {
    accounts.clear();
    account("ann@example.com", Condition.READY);
    account("bob@example.com", Condition.SIGN_IN_NEEDED);
    assertThat(get(CALLBACK, "state=s").body())
        .contains(
            "One more account needs you.", "href=\"/sign-in?user=bob%40example.com\">Sign in<")
        .doesNotContain("close this window");
  }

  @Test
  void allThatStillNeedASignInAreCounted() {
    account("bob@example.com", Condition.SIGN_IN_NEEDED);
    assertThat(get(CALLBACK, "state=s").body())
        .contains("2 more accounts need you. Next is <strong>ann@example.com</strong>.");
  }

  @Test
  void aDenialIsShownInTheProvidersWordsWithAnotherTry() {
    result = new SignInResult.Denied("ann@example.com", "AADSTS65004: <User> declined");
    assertTryAgain(403, "AADSTS65004: &lt;User&gt; declined");
  }

  @Test
  void somebodyElseIsShownWithBothNames() {
    result = new SignInResult.WrongUser("ann@example.com", "eve@example.com");
    assertTryAgain(403, "You signed in as eve@example.com, but this account is ann@example.com");
  }

  @Test
  void aFailureIsShownWithItsReason() {
    result = new SignInResult.Failed("ann@example.com", "the provider answered 503");
    assertTryAgain(502, "The provider answered 503.");
  }

  @Test
  void aStrayCallbackIsExplained() {
    result = new SignInResult.UnknownState("used already, or older than this daemon");
    Answer answer = get(CALLBACK, "code=c&state=stray");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("Used already, or older than this daemon", "href=\"/\"");
  }

  @ParameterizedTest
  @CsvSource({"http://localhost:8080", "http://localhost:8080/"})
  void aRedirectUriWithoutAPathSharesTheListsAddress(String redirectUri) {
    accounts.clear();
    accounts.add(
        new AccountStatus(
            StatusPageTest.account("ann@example.com", redirectUri),
            Condition.SIGN_IN_NEEDED,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
    assertThat(get("/", "").body()).contains("Mail accounts");
    assertThat(completed).isEmpty();
    assertThat(get("/", "code=c&state=s").body()).contains("Signed in");
    assertThat(completed).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"/, 403", "/sign-in, 403", "/elsewhere, 403", "/oauth2/example, 200"})
  void anotherUserOfTheMachineCanOnlyBringTheProvidersAnswer(String path, int status) {
    Answer answer = site.answer(another(path, "user=ann%40example.com&state=s"));
    assertThat(answer.status()).isEqualTo(status);
    if (status == 403) {
      assertThat(answer.body()).contains("cloud-mdir-sync login").doesNotContain("ann@");
    }
  }

  @Test
  void aBrowserElsewhereIsToldWhereToGo() {
    begun = new BeginResult.Redirect(URI.create("https://login.example/?state=s&x=y"));
    assertThat(get("/elsewhere", "user=ann%40example.com").body())
        .contains(
            "ann@example.com", "https://login.example/?state=s&amp;x=y", "action=\"/pasted\"");
  }

  @Test
  void anAddressBroughtBackCompletesTheSignIn() {
    Answer answer =
        site.answer(
            pasted(
                Optional.of("http://127.0.0.1:8080"),
                "address=+http%3A%2F%2F127.0.0.1%2Foauth2%2Fexample%3Fcode%3Dc%26state%3Ds%0A"));
    assertThat(pasted).containsExactly(" http://127.0.0.1/oauth2/example?code=c&state=s\n");
    assertThat(answer.body()).contains("ann@example.com</strong> is signed in");
  }

  @ParameterizedTest
  @CsvSource({"https://evil.example, 403", "http://localhost:8080, 403", "null, 403"})
  void aFormOfAnotherPageIsRefused(String origin, int status) {
    assertThat(site.answer(pasted(Optional.of(origin), "address=x")).status()).isEqualTo(status);
    assertThat(pasted).isEmpty();
  }

  @Test
  void aProviderWithoutCodesSaysWhichWaysThereAre() {
    device = new DeviceResult.NotOffered("Google has none for mail; use a browser");
    assertThat(get("/device", "user=ann%40example.com").body()).contains("use a browser");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "number=1", "number=x", "number=99999999999"})
  void aCodeThatWasNotGivenOutIsOver(String query) {
    assertThat(get("/code", query).status()).isEqualTo(404);
  }

  @Test
  void whatIsNoAddressIsRefusedWithTheReason() {
    result = new SignInResult.UnknownState("this is not an address; paste all of it");
    Answer answer = site.answer(pasted(Optional.empty(), "address=a+b"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).contains("This is not an address; paste all of it");
  }

  private void assertTryAgain(int status, String words) {
    Answer answer = get(CALLBACK, "state=s");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.body())
        .contains(words)
        .contains("href=\"/sign-in?user=ann%40example.com\">Try again<");
  }

  private void account(String user, Condition condition) {
    accounts.add(StatusPageTest.status(user, condition, Optional.empty()));
  }

  private Answer get(String path, String query) {
    return site.answer(get(Optional.of(HOST), Optional.empty(), path, query));
  }

  private static Request get(
      Optional<String> host, Optional<String> fetchSite, String path, String query) {
    return new Request("GET", host, fetchSite, Optional.empty(), path, query(query), "", true);
  }

  private static Request another(String path, String query) {
    return new Request(
        "GET",
        Optional.of(HOST),
        Optional.empty(),
        Optional.empty(),
        path,
        query(query),
        "",
        /* ours= */ false);
  }

  private static Request pasted(Optional<String> origin, String form) {
    return new Request(
        "POST",
        Optional.of(HOST),
        Optional.empty(),
        origin,
        "/pasted",
        Optional.empty(),
        form,
        true);
  }

  private static Optional<String> query(String query) {
    return Optional.of(query).filter(text -> !text.isEmpty());
  }
}
