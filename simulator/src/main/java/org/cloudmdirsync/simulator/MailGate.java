package org.cloudmdirsync.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Judges log-ins of the mail servers, and keeps count. */
final class MailGate {
  private final Cloud cloud;
  private final MailFlavour flavour;

  MailGate(Cloud cloud, MailFlavour flavour) {
    this.cloud = cloud;
    this.flavour = flavour;
  }

  /** What the gate thinks of a log-in. */
  enum Verdict {
    WELCOME,
    MALFORMED,
    UNKNOWN_TOKEN,
    EXPIRED,
    WRONG_SCOPE,
    /** The token is good, but not for that mailbox. */
    WRONG_USER
  }

  Verdict smtp(SaslLogin.Mechanism mechanism, Optional<SaslLogin> login) {
    return judged("smtp", mechanism, login, flavour::acceptsForSmtp);
  }

  Verdict imap(SaslLogin.Mechanism mechanism, Optional<SaslLogin> login) {
    return judged("imap", mechanism, login, flavour::acceptsForImap);
  }

  private Verdict judged(
      String protocol,
      SaslLogin.Mechanism mechanism,
      Optional<SaslLogin> login,
      Predicate<String> scope) {
    Verdict verdict = login.map(l -> judge(l, scope)).orElse(Verdict.MALFORMED);
    boolean welcome = verdict == Verdict.WELCOME;
    cloud.counters().count(welcome ? "authentications" : "refused-authentications");
    Map<String, String> details = new LinkedHashMap<>();
    details.put("server", flavour.name());
    details.put("protocol", protocol);
    details.put("mechanism", mechanism.name());
    details.put("user", login.map(SaslLogin::user).orElse(""));
    details.put("token_sha256", login.map(l -> Hash.of(l.token())).orElse(""));
    details.put("verdict", verdict.name());
    cloud.journal().add("authentication", details);
    return verdict;
  }

  private Verdict judge(SaslLogin login, Predicate<String> scope) {
    Optional<AccessToken> known = cloud.vault().accessToken(login.token());
    if (known.isEmpty() || known.get().consent().flavour() != flavour.issuer()) {
      return Verdict.UNKNOWN_TOKEN;
    }
    AccessToken token = known.get();
    if (!token.validAt(cloud.clock().instant())) {
      return Verdict.EXPIRED;
    }
    if (token.scope().stream().noneMatch(scope)) {
      return Verdict.WRONG_SCOPE;
    }
    return cloud.directory().mayOpen(token.consent().user(), login.user())
        ? Verdict.WELCOME
        : Verdict.WRONG_USER;
  }
}
