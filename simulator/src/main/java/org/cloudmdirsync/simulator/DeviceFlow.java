package org.cloudmdirsync.simulator;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The device authorization grant (RFC 8628). */
final class DeviceFlow {
  static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";
  private static final int LIFE = 900; // seconds, Microsoft's
  private static final int INTERVAL = 5; // seconds, RFC 8628 section 3.2's default

  private enum Answer {
    OPEN,
    ALLOWED,
    DENIED
  }

  /** Guarded by this flow's lock. */
  private static final class Device {
    final String client;
    final String userCode;
    final List<String> scope;
    final Instant until;
    final Optional<Challenge> challenge;
    Answer answer = Answer.OPEN;
    String user = "";
    int polls;

    Device(
        String client,
        String userCode,
        List<String> scope,
        Instant until,
        Optional<Challenge> challenge) {
      this.client = client;
      this.userCode = userCode;
      this.scope = scope;
      this.until = until;
      this.challenge = challenge;
    }
  }

  private final Cloud cloud;
  private final Map<String, Device> devices = new HashMap<>();

  DeviceFlow(Cloud cloud) {
    this.cloud = cloud;
  }

  /** Section 3.1 and 3.2. */
  synchronized Map<String, Object> begin(Realm realm, Form form) throws Refusal {
    List<String> scope = form.words("scope");
    if (form.get("client_id").isEmpty() || scope.isEmpty()) {
      throw new Refusal("invalid_request", "client_id and scope are required.");
    }
    if (realm.flavour() == Flavour.GOOGLE && scope.stream().anyMatch(DeviceFlow::isMail)) {
      throw new Refusal("invalid_scope", "Mail is not possible on limited input devices.");
    }
    String code = cloud.texts().random(60);
    Device device =
        new Device(
            form.text("client_id"),
            cloud.texts().userCode(),
            scope,
            cloud.clock().instant().plusSeconds(LIFE),
            challenge(form));
    devices.put(Hash.of(code), device);
    return answer(realm, code, device.userCode);
  }

  /** In no RFC, but some registrations want PKCE here too. */
  private Optional<Challenge> challenge(Form form) throws Refusal {
    Optional<Challenge> challenge = Challenge.from(form);
    if (challenge.isEmpty() && cloud.switches().on(Switch.DEVICE_PKCE)) {
      throw new Refusal("invalid_request", "Missing parameter: code_challenge_method");
    }
    return challenge;
  }

  private static boolean isMail(String scope) {
    return scope.contains("mail");
  }

  private static Map<String, Object> answer(Realm realm, String code, String userCode) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("device_code", code);
    members.put("user_code", userCode);
    // Google's name differs from the RFC's.
    String name = realm.flavour() == Flavour.GOOGLE ? "verification_url" : "verification_uri";
    members.put(name, realm.devicePage());
    members.put("expires_in", LIFE);
    members.put("interval", INTERVAL);
    if (realm.flavour() == Flavour.MICROSOFT) {
      members.put(
          "message", "To sign in, open " + realm.devicePage() + " and enter " + userCode + ".");
    }
    return members;
  }

  /** Section 3.3: the page. */
  synchronized HttpOutcome.Reply page(HttpRequest request) {
    Form form = request.parameters();
    String code = form.text("user_code").trim();
    if (!request.isPost()) {
      return SignInPage.device(code, "", "");
    }
    Optional<Device> device =
        devices.values().stream().filter(d -> d.userCode.equalsIgnoreCase(code)).findFirst();
    String user = form.text("user").trim();
    if (device.isEmpty() || !cloud.directory().exists(user)) {
      return SignInPage.device(code, user, "This code or this user does not exist.");
    }
    device.get().answer = form.text("decision").equals("deny") ? Answer.DENIED : Answer.ALLOWED;
    device.get().user = user;
    return SignInPage.device("", "", "Done: you may close this page.");
  }

  /** Sections 3.4 and 3.5. */
  synchronized TokenGrants.Granted poll(Realm realm, String client, Form form) throws Refusal {
    Device device = devices.get(Hash.of(form.text("device_code")));
    if (device == null || !device.client.equals(client)) {
      throw new Refusal("invalid_grant", "The device_code is unknown.");
    }
    if (!cloud.clock().instant().isBefore(device.until)) {
      throw refusal(realm, 70019, 400, "expired_token");
    }
    if (device.challenge.isPresent()
        && !device.challenge.get().isMetBy(form.text("code_verifier"))) {
      throw new Refusal("invalid_grant", "The code_verifier does not match.");
    }
    allowAfterPolls(device);
    return switch (device.answer) {
      case OPEN -> throw refusal(realm, 70016, 428, "authorization_pending");
      case DENIED -> throw denied(realm);
      case ALLOWED -> granted(realm, device, form.text("device_code"));
    };
  }

  /** The switch {@code device-polls}: so many answers are "pending", then the user has agreed. */
  private void allowAfterPolls(Device device) {
    int pending = cloud.switches().number(Switch.DEVICE_POLLS);
    if (pending >= 0 && device.answer == Answer.OPEN && device.polls++ >= pending) {
      device.answer = Answer.ALLOWED;
      device.user = cloud.directory().anybody();
    }
  }

  private TokenGrants.Granted granted(Realm realm, Device device, String code) {
    devices.remove(Hash.of(code));
    cloud.counters().count("sign-ins");
    Consent consent =
        new Consent(
            realm.flavour(),
            realm.tenant(),
            device.client,
            device.user,
            device.scope,
            Optional.empty());
    return new TokenGrants.Granted(consent, cloud.texts().random(16));
  }

  private static Refusal denied(Realm realm) {
    String error =
        realm.flavour() == Flavour.MICROSOFT ? "authorization_declined" : "access_denied";
    int status = realm.flavour() == Flavour.GOOGLE ? 403 : 400;
    return new Refusal(status, error, Map.of("error_description", "The user said no."));
  }

  private Refusal refusal(Realm realm, int aadsts, int googleStatus, String error) {
    return switch (realm.flavour()) {
      case MICROSOFT -> Aadsts.refusal(aadsts, cloud.clock().instant());
      case GOOGLE ->
          new Refusal(googleStatus, error, Map.of("error_description", "Precondition Failed"));
      case GENERIC -> new Refusal(error, "Not yet.");
    };
  }
}
