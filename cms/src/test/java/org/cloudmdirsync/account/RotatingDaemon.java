package org.cloudmdirsync.account;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.cloudmdirsync.http.Http;
import org.cloudmdirsync.oauth.Discovery;
import org.cloudmdirsync.oauth.TokenEndpoint;
import org.cloudmdirsync.provider.Provider.Identity;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.tls.Trust;

/** A process that does nothing but rotate, to be killed: prints a line for each token it has. */
final class RotatingDaemon {
  private RotatingDaemon() {}

  public static void main(String[] arguments) throws Exception {
    Http http = new Http(Trust.system(Map.of()), Map.of());
    Account account = World.account(URI.create(arguments[1]), TokenPer.ACCOUNT, Identity.ID_TOKEN);
    Rotation rotation =
        new Rotation(
            account,
            SecretStore.open(Path.of(arguments[0])),
            new TokenEndpoint(http),
            new Discovery(http),
            new Clocks(InstantSource.system(), System::nanoTime));
    Resource resource = Resource.of(account).getFirst();
    while (true) {
      Outcome outcome = rotation.refresh(resource, true);
      System.out.println(outcome instanceof Outcome.Refreshed ? "served" : outcome.toString());
    }
  }
}
