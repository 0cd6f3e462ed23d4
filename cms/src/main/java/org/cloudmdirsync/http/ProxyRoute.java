package org.cloudmdirsync.http;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** How {@link Http} gets to a server, for whoever looks for a fault on the way. */
public sealed interface ProxyRoute {

  /** Without a proxy. */
  record Direct() implements ProxyRoute {}

  /** Through this proxy, which looks up the server's name itself. */
  record Through(String host, int port) implements ProxyRoute {}

  /** Not at all: the environment names a proxy that cannot be used. */
  record Unusable(String reason) implements ProxyRoute {}

  /** The way to a server. */
  static ProxyRoute to(URI server, Map<String, String> environment) {
    Proxies proxies = Proxies.of(environment);
    Optional<String> objection = proxies.objection(server);
    return objection
        .<ProxyRoute>map(Unusable::new)
        .orElseGet(() ->
            proxies
                .proxyFor(server)
                .<ProxyRoute>map(hop -> new Through(hop.host(), hop.port()))
                .orElseGet(Direct::new));
  }
}
