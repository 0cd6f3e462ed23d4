package org.cloudmdirsync.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client by the JDK's own HTTP and TLS, trusting the simulator's authority and nobody else. */
final class Visitor {
  static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  static final String REDIRECT = "http://127.0.0.1:8080/oauth2/msal";

  private final Simulator simulator;
  private final HttpClient http;
  private final SSLContext tls;

  Visitor(Simulator simulator) throws Exception {
    this.simulator = simulator;
    this.tls = trusting(simulator);
    this.http = HttpClient.newBuilder().sslContext(tls).build();
  }

  private static SSLContext trusting(Simulator simulator) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = java.nio.file.Files.newInputStream(simulator.caFile())) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  SSLContext tls() {
    return tls;
  }

  /** Name, value, name, value. */
  static Map<String, String> form(String... pairs) {
    Map<String, String> form = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      form.put(pairs[i], pairs[i + 1]);
    }
    return form;
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(simulator.https().resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> post(String path, Map<String, String> form, String... headers)
      throws IOException, InterruptedException {
    return post(simulator.https().resolve(path), encode(form), headers);
  }

  HttpResponse<String> post(URI uri, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  static Map<String, Object> json(HttpResponse<String> response) {
    return Json.readObject(response.body());
  }

  /** A member that must be there, as text. */
  static String member(Map<String, ?> object, String name) {
    return String.valueOf(Objects.requireNonNull(object.get(name), name));
  }

  static String encode(Map<String, String> form) {
    return form.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  /** The parameters of the callback a response redirects to. */
  static Map<String, String> callback(HttpResponse<String> response) {
    String location = response.headers().firstValue("Location").orElseThrow();
    return Arrays.stream(URI.create(location).getRawQuery().split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(
            Collectors.toMap(pair -> pair[0], pair -> java.net.URLDecoder.decode(pair[1], UTF_8)));
  }

  static Map<String, String> authorization(String scope) {
    return form(
        "response_type", "code",
        "client_id", "app",
        "redirect_uri", REDIRECT,
        "scope", scope,
        "state", "s-1",
        "code_challenge", CHALLENGE,
        "code_challenge_method", "S256");
  }

  /** Presses "allow" as this user and returns the code. */
  String code(String authorizePath, String user, String scope) throws Exception {
    Map<String, String> form = authorization(scope);
    form.put("user", user);
    form.put("decision", "allow");
    return member(callback(post(authorizePath, form)), "code");
  }

  static Map<String, String> redemption(String code, String scope) {
    return form(
        "grant_type", "authorization_code",
        "client_id", "app",
        "client_secret", "not secret",
        "code", code,
        "redirect_uri", REDIRECT,
        "code_verifier", VERIFIER,
        "scope", scope);
  }

  static Map<String, String> refreshing(String refreshToken, String scope) {
    return form(
        "grant_type", "refresh_token",
        "client_id", "app",
        "client_secret", "not secret",
        "refresh_token", refreshToken,
        "scope", scope);
  }

  /** A whole sign-in: the members of the token response. */
  Map<String, Object> signIn(String authorizePath, String tokenPath, String user, String scope)
      throws Exception {
    return json(post(tokenPath, redemption(code(authorizePath, user, scope), scope)));
  }

  /** An access token of the Microsoft flavour for these Outlook rights. */
  String microsoft(String user, String rights) throws Exception {
    Map<String, Object> tokens =
        signIn(
            "/common/oauth2/v2.0/authorize",
            "/common/oauth2/v2.0/token",
            user,
            rights + " offline_access openid");
    return member(tokens, "access_token");
  }
}
