package org.cloudmdirsync.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Looks up the addresses of hosts.
 *
 * <p>The system's resolver cannot be broken off and holds on to the thread that calls it, even to
 * the platform thread under a virtual one. Of those there are as many as processors, so two lookups
 * that hang would stop the whole program. So each has a platform thread of its own, and whoever
 * asks for the same host meanwhile waits for the same one.
 */
final class Lookups {
  private final ConcurrentMap<String, FutureTask<InetAddress[]>> underWay =
      new ConcurrentHashMap<>();

  private final Resolver resolver;

  /** What a host's addresses are; may hang. */
  @FunctionalInterface
  interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** Asks the system. */
  Lookups() {
    this(InetAddress::getAllByName);
  }

  Lookups(Resolver resolver) {
    this.resolver = resolver;
  }

  /**
   * At least one address, in the system's order.
   *
   * @throws UnknownHostException also when the resolver does not answer in time
   */
  InetAddress[] addresses(String host, Deadline deadline) throws IOException {
    try {
      return underWay
          .computeIfAbsent(host, this::start)
          .get(deadline.millisLeft(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new UnknownHostException(host);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private FutureTask<InetAddress[]> start(String host) {
    FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> lookUp(host));
    Thread.ofPlatform().name("looking up " + host).daemon().start(lookup);
    return lookup;
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    try {
      return resolver.resolve(host);
    } finally {
      underWay.remove(host);
    }
  }
}
