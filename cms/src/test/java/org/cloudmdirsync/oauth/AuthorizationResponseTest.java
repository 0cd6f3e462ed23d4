package org.cloudmdirsync.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.cloudmdirsync.oauth.AuthorizationResponse.Code;
import org.cloudmdirsync.oauth.AuthorizationResponse.Denied;
import org.cloudmdirsync.oauth.AuthorizationResponse.Mismatch;
import org.cloudmdirsync.secret.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationResponseTest {
  private static final String PATH = "/oauth2/msal";

  private static AuthorizationRequest request(Optional<String> issuer, boolean promised) {
    return new AuthorizationRequest(
        URI.create("https://login.example.com/authorize"),
        "st-1",
        Secret.of("verifier"),
        Registrations.REDIRECT,
        issuer,
        promised);
  }

  private static AuthorizationResponse parse(String callback) {
    return AuthorizationResponse.parse(
        request(Optional.of("https://accounts.google.com"), false), URI.create(callback));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080/oauth2/msal?code=4%2F0Ax%2B&state=st-1",
        "/oauth2/msal?code=4/0Ax%2B&state=st-1",
        "/oauth2/msal?state=st-1&code=4%2F0Ax%2B&session_state=x",
        "/oauth2/msal?iss=https://accounts.google.com&code=4%2F0Ax%2B&scope=a+b&state=st-1&authuser=0",
        "/oauth2/msal?iss=https%3A%2F%2Faccounts.google.com&state=st%2D1&code=4%2F0Ax%2B&scope=a&scope=b",
        "/oauth2/msal?&&=&x&=y&code=4%2F0Ax%2B&state=st-1&error=",
      })
  void findsTheCodeWhateverElseComes(String callback) {
    assertThat(parse(callback)).isEqualTo(new Code(Secret.of("4/0Ax+")));
    assertThat(AuthorizationResponse.state(URI.create(callback))).contains("st-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /oauth2/gmail?code=c&state=st-1                                | arrive at /oauth2/msal
          /oauth2/msal/?code=c&state=st-1                                | arrive at /oauth2/msal
          /oauth2/MSAL?code=c&state=st-1                                 | arrive at /oauth2/msal
          /?code=c&state=st-1                                            | arrive at /oauth2/msal
          mailto:x                                                       | arrive at /oauth2/msal
          /oauth2/msal                                                   | state
          /oauth2/msal?code=c                                            | state
          /oauth2/msal?code=c&state=                                     | state
          /oauth2/msal?code=c&state=st-2                                 | state
          /oauth2/msal?code=c&state=st-1x                                | state
          /oauth2/msal?error=access_denied&state=st-2                    | state
          /oauth2/msal?state=st-1                                        | neither
          /oauth2/msal?state=st-1&code=                                  | neither
          /oauth2/msal?state=st-1&code=c&error=access_denied             | both
          /oauth2/msal?code=c&code=d&state=st-1                          | several values of code
          /oauth2/msal?code=c&state=st-1&state=st-1                      | several values of state
          /oauth2/msal?code=c&state=st-1&iss=a&iss=b                     | several values of iss
          /oauth2/msal?code=c&state=st-1&iss=https://evil.example        | another server
          /oauth2/msal?code=c&state=st-1&iss=https://accounts.google.com/ | another server
          /oauth2/msal?error=x&state=st-1&iss=https://evil.example       | another server
          """)
  void redeemsNothingThatIsNotTheAnswer(String callback, String reason) {
    assertThat(parse(callback))
        .isInstanceOfSatisfying(Mismatch.class, it -> assertThat(it.reason()).contains(reason));
  }

  @Test
  void demandsTheIssuerWhereItIsPromised() {
    AuthorizationRequest promised = request(Optional.of("https://login.example.com"), true);
    URI without = URI.create(PATH + "?code=c&state=st-1");
    URI with = URI.create(PATH + "?code=c&state=st-1&iss=https%3A%2F%2Flogin.example.com");
    assertThat(AuthorizationResponse.parse(promised, without)).isInstanceOf(Mismatch.class);
    assertThat(AuthorizationResponse.parse(promised, with)).isInstanceOf(Code.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0, true",
    "https://login.microsoftonline.com/{tenantid}/v2.0, true",
    "https://login.microsoftonline.com//v2.0, false",
    "https://login.microsoftonline.com/a/b/v2.0, false",
    "https://login.microsoftonline.com/v2.0, false",
    "https://login.microsoftonline.com.evil.example/a/v2.0, false",
    "https://evil.example/https://login.microsoftonline.com/a/v2.0, false",
  })
  void microsoftsIssuerIsATemplate(String actual, boolean expected) {
    assertThat(Issuer.matches("https://login.microsoftonline.com/{tenantid}/v2.0", actual))
        .isEqualTo(expected);
  }

  @Test
  void passesOnTheProvidersWords() {
    assertThat(
            parse(
                PATH
                    + "?error=access_denied&error_description=AADSTS65004%3A+User+declined.%0D%0ATrace"
                    + "&state=st-1"))
        .isEqualTo(
            new Denied(
                "access_denied",
                "AADSTS65004: User declined. Trace — consent was declined: sign in again and accept"
                    + " what is asked"));
  }

  @Test
  void aRedirectUriWithoutAPathComesBackWithASlash() {
    AuthorizationRequest bare =
        new AuthorizationRequest(
            URI.create("https://login.example.com/"),
            "s",
            Secret.of("verifier"),
            URI.create("http://localhost:8080"),
            Optional.empty(),
            false);
    for (String callback : List.of("/?code=c&state=s", "http://localhost:8080?code=c&state=s")) {
      assertThat(AuthorizationResponse.parse(bare, URI.create(callback))).isInstanceOf(Code.class);
    }
  }
}
