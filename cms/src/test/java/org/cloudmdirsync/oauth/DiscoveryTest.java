package org.cloudmdirsync.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.http.ScriptedServer;
import org.cloudmdirsync.oauth.DiscoveryResult.Found;
import org.cloudmdirsync.oauth.DiscoveryResult.Invalid;
import org.cloudmdirsync.oauth.DiscoveryResult.Unavailable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiscoveryTest {
  private static final String OPENID = "/realm/.well-known/openid-configuration";
  private static final String OAUTH = "/.well-known/oauth-authorization-server/realm";

  private final Map<String, String> documents = new ConcurrentHashMap<>();
  private final Http http = Registrations.http();
  private final Discovery discovery = new Discovery(http);
  private ScriptedServer server;
  private volatile int missing = 404;

  @BeforeEach
  void open() throws IOException {
    server =
        ScriptedServer.open((request, out) -> {
          String document = documents.get(request.target());
          ScriptedServer.json(document == null ? missing : 200, document == null ? "" : document)
              .answer(request, out);
        });
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    http.close();
  }

  private DiscoveryResult discover() {
    return discovery.resolve(new EndpointSource.Discovered(server.uri("/realm")));
  }

  private String document(String issuer, String more) {
    return "{\"issuer\":\""
        + issuer
        + "\",\"authorization_endpoint\":\"https://login.example.com/a\","
        + "\"token_endpoint\":\"https://login.example.com/t\""
        + more
        + "}";
  }

  @Test
  void readsOpenIdConnectsDocumentOnce() {
    documents.put(
        OPENID,
        document(
            server.uri("/realm").toString(),
            ",\"userinfo_endpoint\":\"https://login.example.com/u\","
                + "\"device_authorization_endpoint\":\"http://login.example.com/unsafe\","
                + "\"authorization_response_iss_parameter_supported\":true"));
    for (int i = 0; i < 2; i++) {
      assertThat(discover())
          .isInstanceOfSatisfying(
              Found.class,
              found -> {
                assertThat(found.endpoints().token())
                    .isEqualTo(URI.create("https://login.example.com/t"));
                assertThat(found.endpoints().userInfo())
                    .contains(URI.create("https://login.example.com/u"));
                assertThat(found.endpoints().deviceAuthorization()).isEmpty();
                assertThat(found.endpoints().issuerInResponse()).isTrue();
              });
    }
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void readsRfc8414sDocumentWhereThereIsNoOther() {
    documents.put(OAUTH, document(server.uri("/realm").toString(), ""));
    assertThat(discover()).isInstanceOf(Found.class);
  }

  @Test
  void microsoftsIssuerIsATemplate() {
    documents.put(OPENID, document(server.uri("/").toString() + "{tenantid}", ""));
    assertThat(discover()).isInstanceOf(Found.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          {"issuer":"https://evil.example","authorization_endpoint":"https://a/","token_endpoint":"https://a/"} | issuer https://evil.example
          {"authorization_endpoint":"https://a/","token_endpoint":"https://a/"}    | names no issuer
          {"issuer":"SELF","authorization_endpoint":"https://a/"}                  | lacks
          {"issuer":"SELF","authorization_endpoint":"http://a/","token_endpoint":"https://a/"} | lacks
          {"issuer":"SELF","authorization_endpoint":"https://a/","token_endpoint":"::"}  | lacks
          """)
  void saysWhatIsWrongWithADocument(String document, String reason) {
    documents.put(OPENID, document.replace("SELF", server.uri("/realm").toString()));
    assertThat(discover())
        .isInstanceOfSatisfying(Invalid.class, it -> assertThat(it.reason()).contains(reason));
  }

  @Test
  void saysThatThereIsNone() {
    assertThat(discover())
        .isInstanceOfSatisfying(
            Invalid.class, it -> assertThat(it.reason()).contains("HTTP 404").contains("issuer"));
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aBadMomentPasses() {
    missing = 503;
    assertThat(discover()).isInstanceOf(Unavailable.class);
    documents.put(OPENID, "<html>sign in to the hotel's network</html>");
    assertThat(discover()).isInstanceOf(Unavailable.class);
    documents.put(OPENID, document(server.uri("/realm").toString(), ""));
    assertThat(discover()).isInstanceOf(Found.class);
  }

  @Test
  void asksNobodyForWhatIsKnown() {
    Endpoints known = Registrations.at(server.uri("/"));
    assertThat(discovery.resolve(new EndpointSource.Known(known))).isEqualTo(new Found(known));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void putsTheWellKnownPathWhereEachRfcWantsIt() {
    URI issuer = URI.create("https://login.example.com/realm/");
    assertThat(Metadata.openidUri(issuer))
        .hasToString("https://login.example.com/realm/.well-known/openid-configuration");
    assertThat(Metadata.oauthUri(issuer))
        .hasToString("https://login.example.com/.well-known/oauth-authorization-server/realm");
    assertThat(Metadata.oauthUri(URI.create("https://login.example.com")))
        .hasToString("https://login.example.com/.well-known/oauth-authorization-server");
  }
}
