package org.cloudmdirsync.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.account.AccountStatus;
import org.cloudmdirsync.account.AccountStatus.Condition;
import org.cloudmdirsync.account.BeginResult;
import org.cloudmdirsync.account.DeviceResult;
import org.cloudmdirsync.account.SignInResult;
import org.cloudmdirsync.account.SignInWay;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Provider;
import org.cloudmdirsync.sasl.Mechanism;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StatusPageTest {
  private static final Instant TEN = Instant.parse("2026-11-23T10:00:00Z");

  private static final SocketStatus SOCKET =
      new SocketStatus(
          "/run/user/1000/cms.sock",
          List.of("SMTP", "IMAP"),
          List.of("ann@example.com"),
          Optional.of("msmtp asked <just now>"));

  /** Whose ways to sign in the page wanted to know. */
  private final List<String> asked = new ArrayList<>();

  @Test
  void aReadyAccountShowsItsTimesAndNothingToDo() {
    String page = render(status("ann@example.com", Condition.READY, Optional.empty()));
    assertThat(page)
        .contains("ann@example.com", "Signed in at Example Mail, ready")
        .contains("Nothing needs you")
        .contains("<time datetime=\"2026-11-23T10:00:00Z\">23 November, 10:00</time>")
        .contains("23 November, 10:45")
        .doesNotContain("/sign-in");
  }

  @Test
  void aSignInIsOneLinkAway() {
    String page =
        render(
            status("ann+lists@example.com", Condition.SIGN_IN_NEEDED, Optional.of("no token yet")),
            status("bob@example.com", Condition.MISCONFIGURED, Optional.of("AADSTS7000218")));
    assertThat(page)
        .contains("2 accounts need you", "No token yet.", "AADSTS7000218")
        .contains("href=\"/sign-in?user=ann%2Blists%40example.com\">Sign in<")
        .contains("href=\"/sign-in?user=bob%40example.com\">Sign in again<");
  }

  @ParameterizedTest
  @EnumSource(Condition.class)
  void namesAndWordsCannotBecomeMarkup(Condition condition) {
    String page =
        render(status("<i>@x", condition, Optional.of("<script src=//evil.example></script>")));
    assertThat(page).doesNotContain("<i>", "<script src=//").contains("&lt;i&gt;@x", "&lt;script");
  }

  @ParameterizedTest
  @EnumSource(Condition.class)
  void howToSignInIsAskedOnlyWhereItIsShown(Condition condition) {
    render(status("ann@example.com", condition, Optional.empty()));
    assertThat(asked)
        .hasSize(
            switch (condition) {
              case SIGN_IN_NEEDED, MISCONFIGURED -> 1;
              case READY, STARTING, UNAVAILABLE -> 0;
            });
  }

  @Test
  void aSocketShowsWhomItServesAndWhoAskedLast() {
    assertThat(render())
        .contains("<code>/run/user/1000/cms.sock</code>: SMTP, IMAP for ann@example.com")
        .contains("msmtp asked &lt;just now&gt;");
  }

  @Test
  void noAccountsIsSaid() {
    assertThat(render()).contains("The configuration names no account.");
  }

  private String render(AccountStatus... accounts) {
    return StatusPage.render(source(List.of(accounts)), ZoneOffset.UTC).body();
  }

  private PageSource source(List<AccountStatus> accounts) {
    return new PageSource(
        () -> accounts,
        () -> List.of(SOCKET),
        user -> new BeginResult.UnknownUser(),
        callback -> new SignInResult.UnknownState("a test"),
        pasted -> new SignInResult.UnknownState("a test"),
        user -> {
          asked.add(user);
          return EnumSet.allOf(SignInWay.class);
        },
        user -> new DeviceResult.UnknownUser());
  }

  static AccountStatus status(String user, Condition condition, Optional<String> problem) {
    return new AccountStatus(
        account(user, "http://127.0.0.1:8080/oauth2/example"),
        condition,
        problem,
        Optional.of(TEN),
        Optional.of(TEN.plusSeconds(2700)),
        Optional.empty(),
        Optional.empty());
  }

  static Account account(String user, String redirectUri) {
    Provider provider =
        new Provider(
            "example",
            "Example Mail",
            new EndpointSource.Discovered(URI.create("https://example.com")),
            "/oauth2/example",
            Map.of(Protocol.SMTP, List.of("mail")),
            List.of(),
            Map.of(),
            Provider.TokenPer.ACCOUNT,
            Mechanism.XOAUTH2,
            Provider.Identity.UNKNOWN);
    return new Account(
        user,
        provider,
        new ClientRegistration("client", Optional.empty(), URI.create(redirectUri), false),
        Optional.empty(),
        provider.scopes(),
        Set.of(Protocol.SMTP));
  }
}
