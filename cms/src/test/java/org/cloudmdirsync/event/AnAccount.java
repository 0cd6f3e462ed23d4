package org.cloudmdirsync.event;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.oauth.ClientRegistration;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Providers;

/** An account that events can be about. */
final class AnAccount {
  private AnAccount() {}

  static Account of(String user) {
    return new Account(
        user,
        Providers.named("google").orElseThrow(),
        new ClientRegistration(
            "client", Optional.empty(), URI.create("http://127.0.0.1:8080/"), false),
        Optional.empty(),
        Map.of(Protocol.SMTP, List.of("smtp")),
        Set.of(Protocol.SMTP));
  }
}
