package org.cloudmdirsync.doctor;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.provider.Whereabouts;

/** Every check that a patient needs, in the order of a token's way; each once. */
final class CheckList {
  private final Patient patient;
  private final Diagnosis diagnosis;
  private final Authorities authorities;
  private final Map<Path, SocketChecks> sockets = new LinkedHashMap<>();
  private final Map<String, HostChecks> hosts = new LinkedHashMap<>();
  private final Set<URI> documents = new LinkedHashSet<>();
  private final List<Check> checks = new ArrayList<>();

  CheckList(Patient patient) {
    this.patient = patient;
    this.diagnosis = new Diagnosis(patient.own());
    this.authorities = new Authorities(patient.environment());
  }

  List<Check> checks() {
    patient.accounts().stream().flatMap(patient::serving).distinct().forEach(this::socket);
    checks.add(authorities.check());
    patient.accounts().forEach(this::provider);
    hosts.values().stream().findFirst().map(HostChecks::clock).ifPresent(checks::add);
    patient.accounts().forEach(this::metadata);
    for (Account account : patient.accounts()) {
      checks.addAll(
          new AccountChecks(account, patient, this::daemon, authorities, diagnosis).all());
    }
    return checks;
  }

  private void socket(Patient.Socket socket) {
    SocketChecks found = new SocketChecks(socket.path(), patient.self(), patient.consumer());
    sockets.put(socket.path(), found);
    checks.addAll(found.all());
  }

  private Check daemon(Patient.Socket socket) {
    return Objects.requireNonNull(sockets.get(socket.path())).daemonCheck();
  }

  /** The document first: its host's clock is the one that is asked. */
  private void provider(Account account) {
    document(account).ifPresent(this::host);
    switch (account.provider().endpoints()) {
      case EndpointSource.Known known -> host(known.endpoints().token());
      case EndpointSource.Discovered _ -> {
        // The rest of its addresses are in the document.
      }
    }
  }

  private void host(URI address) {
    hosts.computeIfAbsent(
        address.getRawAuthority(),
        _ -> {
          HostChecks host = new HostChecks(address, patient.environment(), authorities.check());
          checks.addAll(host.all());
          return host;
        });
  }

  private static Optional<URI> document(Account account) {
    return Whereabouts.of(account.provider()).metadata();
  }

  private void metadata(Account account) {
    document(account)
        .filter(documents::add)
        .ifPresent(address -> {
          HostChecks host = Objects.requireNonNull(hosts.get(address.getRawAuthority()));
          checks.add(
              new MetadataCheck(address, account, host, patient.environment(), diagnosis).check());
        });
  }
}
