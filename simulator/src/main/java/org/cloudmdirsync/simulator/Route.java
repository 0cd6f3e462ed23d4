package org.cloudmdirsync.simulator;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which endpoint a path is.
 *
 * @param tenant Microsoft's path segment; empty elsewhere
 */
record Route(Place place, Flavour flavour, String tenant) {

  /** The endpoints; the names in lower case are those of faults and counters. */
  enum Place {
    AUTHORIZE,
    TOKEN,
    DEVICE,
    DEVICE_PAGE,
    REVOKE,
    USERINFO,
    INTROSPECT,
    METADATA,
    KEYS;

    String key() {
      return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
  }

  private record Row(Pattern path, Place place, Flavour flavour) {}

  private static final List<Row> TABLE =
      List.of(
          row("/([^/]+)/oauth2/v2\\.0/authorize", Place.AUTHORIZE, Flavour.MICROSOFT),
          row("/([^/]+)/oauth2/v2\\.0/token", Place.TOKEN, Flavour.MICROSOFT),
          row("/([^/]+)/oauth2/v2\\.0/devicecode", Place.DEVICE, Flavour.MICROSOFT),
          row("/([^/]+)/oauth2/deviceauth", Place.DEVICE_PAGE, Flavour.MICROSOFT),
          row("/([^/]+)/discovery/v2\\.0/keys", Place.KEYS, Flavour.MICROSOFT),
          row(
              "/([^/]+)/v2\\.0/\\.well-known/openid-configuration",
              Place.METADATA,
              Flavour.MICROSOFT),
          row("/oidc/userinfo", Place.USERINFO, Flavour.MICROSOFT),
          row("/o/oauth2/v2/auth", Place.AUTHORIZE, Flavour.GOOGLE),
          row("/token", Place.TOKEN, Flavour.GOOGLE),
          row("/device/code", Place.DEVICE, Flavour.GOOGLE),
          row("/device", Place.DEVICE_PAGE, Flavour.GOOGLE),
          row("/revoke", Place.REVOKE, Flavour.GOOGLE),
          row("/v1/userinfo", Place.USERINFO, Flavour.GOOGLE),
          row("/oauth2/v3/certs", Place.KEYS, Flavour.GOOGLE),
          row("/\\.well-known/openid-configuration", Place.METADATA, Flavour.GOOGLE),
          row("/generic/authorize", Place.AUTHORIZE, Flavour.GENERIC),
          row("/generic/token", Place.TOKEN, Flavour.GENERIC),
          row("/generic/device", Place.DEVICE, Flavour.GENERIC),
          row("/generic/activate", Place.DEVICE_PAGE, Flavour.GENERIC),
          row("/generic/revoke", Place.REVOKE, Flavour.GENERIC),
          row("/generic/userinfo", Place.USERINFO, Flavour.GENERIC),
          row("/generic/introspect", Place.INTROSPECT, Flavour.GENERIC),
          row("/introspect", Place.INTROSPECT, Flavour.GENERIC),
          row("/generic/jwks", Place.KEYS, Flavour.GENERIC),
          // OpenID Connect Discovery appends, RFC 8414 section 3.1 inserts.
          row("/generic/\\.well-known/openid-configuration", Place.METADATA, Flavour.GENERIC),
          row(
              "/\\.well-known/oauth-authorization-server/generic",
              Place.METADATA,
              Flavour.GENERIC));

  static Optional<Route> of(String path) {
    for (Row row : TABLE) {
      Matcher matcher = row.path().matcher(path);
      if (matcher.matches()) {
        String tenant = matcher.groupCount() > 0 ? matcher.group(1) : "";
        return Optional.of(new Route(row.place(), row.flavour(), tenant));
      }
    }
    return Optional.empty();
  }

  private static Row row(String path, Place place, Flavour flavour) {
    return new Row(Pattern.compile(path), place, flavour);
  }
}
