package org.cloudmdirsync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LookupsTest {
  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicInteger asked = new AtomicInteger();
  private final Lookups hanging = new Lookups(this::hang);

  @AfterEach
  void letTheResolverGo() {
    over.countDown();
  }

  @Test
  void findsLocalhost() throws Exception {
    assertThat(new Lookups().addresses("localhost", soon())).isNotEmpty();
    assertThatThrownBy(() -> new Lookups().addresses("nowhere.invalid", later()))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void waitsNoLongerThanTheDeadline() {
    assertThatThrownBy(() -> hanging.addresses("login.example.com", soon()))
        .isInstanceOf(UnknownHostException.class);
  }

  /** As many as there are threads under the virtual ones, and two more. */
  @Test
  void aResolverThatHangsStopsNobodyElse() throws Exception {
    for (int host = 0; host < Runtime.getRuntime().availableProcessors() + 2; host++) {
      String name = host + ".example.com";
      Thread.startVirtualThread(() -> assertThatThrownBy(() -> hanging.addresses(name, later())));
    }
    while (asked.get() < Runtime.getRuntime().availableProcessors() + 2) {
      Thread.sleep(1);
    }
    assertThat(Thread.startVirtualThread(() -> {}).join(Duration.ofSeconds(20))).isTrue();
  }

  @Test
  void looksUpAHostOnceAtATime() throws Exception {
    for (int times = 0; times < 3; times++) {
      assertThatThrownBy(() -> hanging.addresses("login.example.com", soon()));
    }
    assertThat(asked).hasValue(1);
    over.countDown();
    assertThatThrownBy(() -> hanging.addresses("login.example.com", later()));
    while (asked.get() == 1) {
      assertThatThrownBy(() -> hanging.addresses("login.example.com", later()));
    }
    assertThat(asked).hasValue(2);
  }

  private InetAddress[] hang(String host) throws UnknownHostException {
    asked.incrementAndGet();
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new UnknownHostException(host);
  }

  private static Deadline soon() {
    return Deadline.in(Duration.ofMillis(100));
  }

  private static Deadline later() {
    return Deadline.in(Duration.ofSeconds(20));
  }
}
