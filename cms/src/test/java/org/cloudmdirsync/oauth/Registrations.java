package org.cloudmdirsync.oauth;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.secret.Secret;
import org.cloudmdirsync.tls.TestCertificates;

/** The same client in every test. */
final class Registrations {
  static final URI REDIRECT = URI.create("http://127.0.0.1:8080/oauth2/msal");
  static final ClientRegistration PUBLIC =
      new ClientRegistration("app-1", Optional.empty(), REDIRECT, false);
  static final ClientRegistration CONFIDENTIAL =
      new ClientRegistration("app-1", Optional.of(Secret.of("s3cr+t&client")), REDIRECT, false);
  static final ClientRegistration SPA =
      new ClientRegistration("app-1", Optional.empty(), REDIRECT, true);

  private Registrations() {}

  static Http http() {
    return new Http(TestCertificates.get().trust(), Map.of());
  }

  static Endpoints at(URI base) {
    return Endpoints.of(base.resolve("/authorize"), base.resolve("/token"));
  }
}
