package org.cloudmdirsync.doctor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.cloudmdirsync.credential.CredentialReply.Kind;
import org.cloudmdirsync.credential.CredentialReply.Refusal;
import org.cloudmdirsync.dialogue.Explanation;
import org.cloudmdirsync.dialogue.Explanations;
import org.cloudmdirsync.dialogue.Outcome;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.oauth.ErrorMeaning;

/**
 * From somebody's words to a cause and a remedy: what the user wrote about them counts first, then
 * {@code answers.txt}, then Microsoft's numbers, then what the daemon made of them.
 */
final class Diagnosis {
  private static final Explanations ANSWERS = Explanations.beside(Diagnosis.class, "answers.txt");

  /** In the tables, to be replaced by the user's own address. */
  private static final String SOMEBODY = "you@example.com";

  /** Between a provider's words and the daemon's. */
  private static final String DASH = " — ";

  private static final Pattern ADDRESS = Pattern.compile("https://\\S+");

  private final Explanations own;

  Diagnosis(Explanations own) {
    this.own = own;
  }

  /** The daemon has no token to give. */
  Failed refusal(Refusal refusal, String user) {
    String where =
        refusal
            .signInUrl()
            .map(url -> " That is: cloud-mdir-sync login " + SOMEBODY + ", or open " + url)
            .orElse("");
    Failed known =
        words(refusal.reason()).orElseGet(() -> byKind(refusal.kind(), refusal.reason()));
    return personal(
        new Failed(known.fault(), known.cause(), known.said(), known.remedy() + where), user);
  }

  /** A mail server did not let us in. */
  Failed outcome(String said, Explanation known, String user) {
    return personal(explained(said, own.of(said).orElse(known)), user);
  }

  /** An authorization server's error, as a document of it says. */
  Optional<Failed> error(String error, String description) {
    String all = description.isEmpty() ? error : description;
    return words(all).or(() -> ErrorMeaning.named(error).map(meaning -> failed(meaning, all)));
  }

  /** What these words mean, if they are known. */
  Optional<Failed> words(String said) {
    String theirs = said.contains(DASH) ? said.substring(0, said.lastIndexOf(DASH)) : said;
    return own.or(ANSWERS)
        .of(theirs)
        .map(known -> explained(theirs, known))
        .or(() -> ErrorMeaning.numberIn(theirs).map(meaning -> failed(meaning, theirs)))
        .map(failed -> filledIn(failed, "{admin-consent}", consentPage(said, theirs)));
  }

  /** The daemon knows the address and says it after the provider's words. */
  private static String consentPage(String said, String theirs) {
    Matcher address = ADDRESS.matcher(said).region(theirs.length(), said.length());
    return address.find() ? address.group() : "the address in docs/providers.md";
  }

  /** What an authorization server's error means; {@code said} is the whole of its words. */
  private static Failed failed(ErrorMeaning meaning, String said) {
    Fault fault =
        meaning
            .remedy()
            .map(remedy ->
                switch (remedy) {
                  case SIGN_IN, CONSENT, ADMINISTRATOR -> Fault.NO_PERMISSION;
                  case CONFIGURATION -> Fault.CONFIGURATION;
                  case WAIT -> Fault.TRY_AGAIN;
                })
            .orElse(Fault.TRY_AGAIN);
    return new Failed(
        fault,
        sentence(meaning.cause()),
        Optional.of(said),
        sentence(meaning.action().orElse("wait: the daemon tries again by itself")));
  }

  private static Failed explained(String said, Explanation known) {
    Fault fault =
        switch (known.kind()) {
          case TOKEN, IDENTITY, POLICY, ADDRESS, MESSAGE -> Fault.NO_PERMISSION;
          case PASSING -> Fault.TRY_AGAIN;
          case SERVER, UNKNOWN -> Fault.UNAVAILABLE;
        };
    return new Failed(fault, known.meaning(), Optional.of(said), known.remedy());
  }

  /** The daemon's own reading of words that no table knows: what is wrong, a colon, what to do. */
  private static Failed byKind(Kind kind, String reason) {
    String ours = reason.substring(Math.max(0, reason.lastIndexOf(DASH))).replaceFirst(DASH, "");
    String[] parts = ours.split("[:;] ", 2);
    Optional<String> said =
        ours.equals(reason)
            ? Optional.empty()
            : Optional.of(reason.substring(0, reason.lastIndexOf(DASH)));
    return switch (kind) {
      case SIGN_IN_NEEDED ->
          failed(Fault.NO_PERMISSION, parts, said, "sign in on the daemon's page");
      case TEMPORARILY_UNAVAILABLE ->
          failed(Fault.TRY_AGAIN, parts, said, "wait: the daemon tries again by itself");
      case MISCONFIGURED ->
          failed(
              Fault.CONFIGURATION, parts, said, "correct the configuration and restart the daemon");
      case NOT_ALLOWED ->
          failed(
              Fault.NO_PERMISSION,
              parts,
              said,
              "name this user in allow= of the socket's CredentialServer, or ask as one named there");
      case UNKNOWN_USER, PROTOCOL_NOT_SERVED ->
          failed(
              Fault.CONFIGURATION,
              parts,
              said,
              "restart the daemon if the configuration has changed since its start");
    };
  }

  private static Failed failed(
      Fault fault, String[] causeAndAction, Optional<String> said, String otherwise) {
    return new Failed(
        fault,
        sentence(causeAndAction[0]),
        said,
        sentence(causeAndAction.length == 2 ? causeAndAction[1] : otherwise));
  }

  private static Failed personal(Failed failed, String user) {
    return filledIn(failed, SOMEBODY, user);
  }

  private static Failed filledIn(Failed failed, String place, String value) {
    return new Failed(
        failed.fault(), failed.cause(), failed.said(), failed.remedy().replace(place, value));
  }

  private static String sentence(String words) {
    String text =
        words.isEmpty() ? words : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    return text.endsWith(".") ? text : text + ".";
  }

  /** A mail server that could not be talked to to the end. */
  Failed unavailable(Outcome.Unavailable outcome, String remedy, String user) {
    return outcome
        .explanation()
        .map(known -> outcome(outcome.reason(), known, user))
        .or(() -> own.of(outcome.reason()).map(known -> explained(outcome.reason(), known)))
        .orElseGet(() -> Failed.of(Fault.UNAVAILABLE, sentence(outcome.reason()), remedy));
  }
}
