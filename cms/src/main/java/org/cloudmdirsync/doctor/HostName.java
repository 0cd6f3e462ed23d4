package org.cloudmdirsync.doctor;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Fault;
import org.cloudmdirsync.doctor.Finding.Passed;

/** Looks a host's name up, and tells a name that is not there from a resolver that is not. */
final class HostName {
  private HostName() {}

  static Finding look(String host) {
    try {
      return new Passed(
          Stream.of(InetAddress.getAllByName(host))
              .map(InetAddress::getHostAddress)
              .collect(Collectors.joining(" ")));
    } catch (UnknownHostException e) {
      return unknown(host, String.valueOf(e.getMessage()));
    }
  }

  /**
   * Nobody knows it.
   *
   * @param words the C library's (gai_strerror(3)) of EAI_AGAIN or EAI_NONAME
   */
  static Failed unknown(String host, String words) {
    if (words.contains("Temporary failure")) {
      return Failed.of(
          Fault.UNAVAILABLE,
          "The name server does not answer, so " + host + " cannot be found.",
          "See that the network is up, and which name server is asked: resolvectl status, or cat"
              + " /etc/resolv.conf");
    }
    // In another language than English the words cannot be told apart.
    return Failed.of(
        Fault.UNAVAILABLE,
        "The name server knows no host " + host + " (" + words + ").",
        "Check the spelling of the address in the configuration, and that the network is up; some"
            + " networks hide names: getent hosts "
            + host);
  }
}
