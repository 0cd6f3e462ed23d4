package org.cloudmdirsync.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The authorization endpoint (RFC 6749 section 3.1): a page to sign in at, and its answer.
 *
 * <p>GET shows the page, or answers at once when the switch says so. POST with the same parameters
 * and {@code user} and {@code decision} ({@code allow} or {@code deny}) is what its buttons send,
 * and what a script may send without looking.
 */
final class AuthorizePage {
  private final Cloud cloud;
  private final ClientRules clients;

  AuthorizePage(Cloud cloud, ClientRules clients) {
    this.cloud = cloud;
    this.clients = clients;
  }

  HttpOutcome.Reply serve(Realm realm, HttpRequest request) {
    Form form = request.parameters();
    cloud.journal().add("authorize", flat(form));
    String redirect = form.text("redirect_uri");
    Optional<String> fault = clients.redirectFault(form.text("client_id"), redirect);
    if (fault.isPresent()) {
      return SignInPage.problem(fault.get()); // RFC 6749 3.1.2.4: never redirect there
    }
    Optional<Map<String, String>> error = requestError(form);
    if (error.isPresent()) {
      return callback(realm, form, error.get());
    }
    if (request.isPost()) {
      return decided(realm, form);
    }
    if (cloud.switches().on(Switch.AUTO_APPROVE)) {
      return allowed(realm, form, form.get("login_hint").orElse(cloud.directory().anybody()));
    }
    return form.text("prompt").equals("none")
        ? callback(realm, form, error("interaction_required", "Nobody is signed in."))
        : SignInPage.show(realm, form, "");
  }

  private Optional<Map<String, String>> requestError(Form form) {
    String forced = cloud.switches().text(Switch.CALLBACK_ERROR);
    if (!forced.isEmpty()) {
      return Optional.of(error(forced, "The simulator was told to answer so."));
    }
    if (form.repeatsBeside(SignInPage.OWN)) {
      return Optional.of(error("invalid_request", "A parameter is given twice."));
    }
    if (!form.text("response_type").equals("code")) {
      return Optional.of(error("unsupported_response_type", "Only response_type=code is known."));
    }
    if (form.words("scope").isEmpty()) {
      return Optional.of(error("invalid_scope", "The scope is missing."));
    }
    return challengeError(form);
  }

  private Optional<Map<String, String>> challengeError(Form form) {
    try {
      boolean missing = Challenge.from(form).isEmpty();
      return missing && cloud.switches().on(Switch.REQUIRE_PKCE)
          ? Optional.of(error("invalid_request", "A PKCE code_challenge is required."))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(error("invalid_request", String.valueOf(e.getMessage())));
    }
  }

  private HttpOutcome.Reply decided(Realm realm, Form form) {
    String user = form.text("user").trim();
    if (form.text("decision").equals("deny")) {
      cloud.counters().count("denials");
      return callback(realm, form, error("access_denied", "The user denied the request."));
    }
    return cloud.directory().exists(user)
        ? allowed(realm, form, user)
        : SignInPage.show(realm, form, "There is no user \"" + user + "\" here.");
  }

  private HttpOutcome.Reply allowed(Realm realm, Form form, String user) {
    Consent consent =
        new Consent(
            realm.flavour(),
            realm.tenant(),
            form.text("client_id"),
            user,
            agreed(realm, form),
            form.get("nonce"));
    String text = cloud.texts().code(realm.flavour());
    int life = cloud.switches().number(Switch.CODE_LIFE);
    cloud
        .vault()
        .put(
            text,
            new Code(
                consent,
                form.text("redirect_uri"),
                Challenge.from(form),
                cloud.clock().instant().plusSeconds(life),
                cloud.texts().random(16),
                false));
    cloud.counters().count("sign-ins");
    return callback(realm, form, success(realm, consent, text));
  }

  /** Ticked boxes count only when the page with the boxes was shown. */
  private static List<String> agreed(Realm realm, Form form) {
    List<String> asked = form.get("boxes").isPresent() ? form.all("granted") : form.words("scope");
    return realm.flavour() == Flavour.GOOGLE
        ? asked.stream().map(AuthorizePage::googleName).toList()
        : List.copyOf(asked);
  }

  /** Google answers with the long names of the two short ones. */
  private static String googleName(String scope) {
    return switch (scope) {
      case "email", "profile" -> "https://www.googleapis.com/auth/userinfo." + scope;
      default -> scope;
    };
  }

  private static Map<String, String> success(Realm realm, Consent consent, String code) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("code", code);
    switch (realm.flavour()) {
      case MICROSOFT -> parameters.put("session_state", "5e551011-5e55-4000-8000-5e5510115e55");
      case GOOGLE -> {
        parameters.put("scope", String.join(" ", consent.scope()));
        parameters.put("authuser", "0");
        parameters.put("prompt", "consent");
      }
      case GENERIC -> {}
    }
    return parameters;
  }

  private static Map<String, String> error(String error, String description) {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("error", error);
    parameters.put("error_description", description);
    return parameters;
  }

  private HttpOutcome.Reply callback(Realm realm, Form form, Map<String, String> outcome) {
    Map<String, String> parameters = new LinkedHashMap<>();
    issuer(realm).ifPresent(issuer -> parameters.put("iss", issuer));
    parameters.putAll(outcome);
    switch (cloud.switches().text(Switch.CALLBACK_STATE)) {
      case "wrong" -> parameters.put("state", "not-" + form.text("state"));
      case "missing" -> {}
      default -> form.get("state").ifPresent(state -> parameters.put("state", state));
    }
    String redirect = form.text("redirect_uri");
    return HttpOutcome.Reply.redirect(
        redirect + (redirect.contains("?") ? "&" : "?") + Form.encode(parameters));
  }

  /** RFC 9207. */
  private Optional<String> issuer(Realm realm) {
    return switch (cloud.switches().text(Switch.CALLBACK_ISSUER)) {
      case "right" -> Optional.of(realm.issuer());
      case "wrong" -> Optional.of("https://attacker.invalid");
      case "missing" -> Optional.empty();
      default ->
          realm.flavour() == Flavour.MICROSOFT ? Optional.empty() : Optional.of(realm.issuer());
    };
  }

  private static Map<String, String> flat(Form form) {
    Map<String, String> flat = new LinkedHashMap<>();
    form.values().forEach((name, values) -> flat.put(name, String.join(" ", values)));
    return flat;
  }
}
