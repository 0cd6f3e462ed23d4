package org.cloudmdirsync.web;

import java.util.Map;
import java.util.Properties;

/**
 * What one client may cost us. The JDK's server takes these as system properties, read once, when
 * the first server of the process is made; a value given on the command line stands.
 */
final class Limits {
  private static final Map<String, String> VALUES =
      Map.of(
          // Seconds for a whole request: a browser on this machine needs milliseconds.
          "sun.net.httpserver.maxReqTime", "5",
          // Seconds until an answer is out: redeeming a code waits for the provider.
          "sun.net.httpserver.maxRspTime", "120",
          // Seconds a connection may be silent, and milliseconds between looking.
          "sun.net.httpserver.idleInterval", "5",
          "sun.net.httpserver.clockTick", "1000",
          // Half of the usual 1,024 descriptors: the credential sockets keep theirs.
          "jdk.httpserver.maxConnections", "512",
          "sun.net.httpserver.maxReqHeaders", "100",
          // Bytes: cookies of everything else on localhost come along.
          "sun.net.httpserver.maxReqHeaderSize", "65536");

  private Limits() {}

  static void apply() {
    Properties properties = System.getProperties();
    VALUES.forEach(properties::putIfAbsent);
  }
}
