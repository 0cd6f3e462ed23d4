package org.cloudmdirsync.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/** Web addresses in a configuration: https, or http on this machine. */
final class Addresses {
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1\\]|127(\\.[0-9]{1,3}){3}", Pattern.CASE_INSENSITIVE);

  private Addresses() {}

  /** An address of a server: what goes there is secret. */
  static URI endpoint(Located located) {
    URI uri = parsed(located);
    boolean plain = "http".equalsIgnoreCase(uri.getScheme());
    if (!plain && !"https".equalsIgnoreCase(uri.getScheme())) {
      throw located.rejected("must begin with https://");
    } else if (plain && !isLoopback(uri)) {
      throw located.rejected("must begin with https://; http is for addresses of this machine");
    }
    return uri;
  }

  /** The sign-in page. */
  static URI page(Located located) {
    URI uri = parsed(located);
    boolean bare = uri.getRawQuery() == null && uri.getPath().matches("/?");
    if (!"http".equalsIgnoreCase(uri.getScheme()) || !isLoopback(uri) || !bare) {
      throw located.rejected(
          "must be an http address of this machine without a path, such as http://127.0.0.1:8080/");
    } else if (uri.getPort() == 0 || uri.getPort() > 65535) {
      throw located.rejected("must have a port between 1 and 65535");
    }
    return uri.getPath().isEmpty() ? URI.create(uri + "/") : uri;
  }

  /** The figures for Prometheus. */
  static URI metrics(Located located) {
    URI uri = parsed(located);
    if (!"http".equalsIgnoreCase(uri.getScheme())
        || !isLoopback(uri)
        || uri.getRawQuery() != null
        || uri.getPath().isEmpty()) {
      throw located.rejected(
          "must be an http address of this machine, such as http://127.0.0.1:9101/metrics");
    } else if (uri.getPort() == 0 || uri.getPort() > 65535) {
      throw located.rejected("must have a port between 1 and 65535");
    }
    return uri;
  }

  /** Where the browser comes back to: the page listens there too. */
  static URI redirect(Located located) {
    URI uri = parsed(located);
    if (!"http".equalsIgnoreCase(uri.getScheme()) || !isLoopback(uri)) {
      throw located.rejected(
          "must be an http address of this machine, such as http://localhost:8080/oauth2/msal");
    }
    return uri;
  }

  private static URI parsed(Located located) {
    try {
      URI uri = new URI(located.filledText());
      if (uri.getHost() == null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
        throw located.rejected("must be an address such as https://host/path");
      }
      return uri;
    } catch (URISyntaxException invalid) {
      throw located.rejected("is not an address: " + invalid.getReason());
    }
  }

  private static boolean isLoopback(URI uri) {
    return LOOPBACK.matcher(uri.getHost()).matches();
  }
}
