package org.cloudmdirsync.command;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/**
 * The ssh command that brings a browser elsewhere to our sign-in page.
 *
 * @param port of the page
 * @param environment {@code SSH_CONNECTION} tells how the user came here
 */
record Tunnel(int port, Map<String, String> environment) {

  /** To be run where the browser is. */
  String command() {
    // SSH_CONNECTION: the client's address and port, the server's address and port.
    String[] connection = environment.getOrDefault("SSH_CONNECTION", "").split(" ", -1);
    boolean known = connection.length == 4;
    String other = known && !connection[3].equals("22") ? "-p " + connection[3] + " " : "";
    return "ssh -N -L %d:127.0.0.1:%d %s%s@%s"
        .formatted(port, port, other, user(), known ? connection[2] : hostName());
  }

  private String user() {
    return environment.getOrDefault("USER", System.getProperty("user.name", "USER"));
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException unnamed) {
      return "THIS-HOST";
    }
  }
}
