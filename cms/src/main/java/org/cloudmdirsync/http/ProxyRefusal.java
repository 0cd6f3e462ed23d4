package org.cloudmdirsync.http;

import java.io.IOException;
import java.net.HttpURLConnection;

/** A proxy did not open a tunnel. */
final class ProxyRefusal extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;

  ProxyRefusal(int status) {
    super("the proxy refused to connect");
    this.status = status;
  }

  /** Whether it would do so for somebody else. */
  boolean wantsPassword() {
    return status == HttpURLConnection.HTTP_PROXY_AUTH;
  }
}
