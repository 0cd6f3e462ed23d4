package org.cloudmdirsync.simulator;

import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * How the pretend cloud starts.
 *
 * @param address where it listens; loopback unless a test owns a network of its own
 * @param ports by service name (see {@link Service#key()}); a free one for each that is missing
 * @param names further DNS names the certificates are valid for, beside localhost and loopback
 * @param clock tells tokens how old they are
 */
public record Options(
    InetAddress address,
    Map<String, Integer> ports,
    List<String> names,
    InstantSource clock,
    RandomGenerator random) {

  public Options {
    ports = Map.copyOf(ports);
    names = List.copyOf(names);
  }

  /** Free ports on loopback, the system's clock. */
  public static Options standard() {
    return new Options(
        InetAddress.getLoopbackAddress(),
        Map.of(),
        List.of(),
        InstantSource.system(),
        new java.security.SecureRandom());
  }

  /** The same with another clock. */
  public Options with(InstantSource other) {
    return new Options(address, ports, names, other, random);
  }

  /** The same with fixed ports. */
  public Options withPorts(Map<String, Integer> other) {
    return new Options(address, other, names, clock, random);
  }

  /** The same, listening on this address with certificates for these names too. */
  public Options at(InetAddress other, List<String> otherNames) {
    return new Options(other, ports, otherNames, clock, random);
  }
}
