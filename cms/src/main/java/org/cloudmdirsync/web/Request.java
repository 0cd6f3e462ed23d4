package org.cloudmdirsync.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a browser asked for.
 *
 * @param host the Host header in lower case; absent when there is none, or more than one
 * @param fetchSite the Sec-Fetch-Site header: where the navigation came from; text browsers send
 *     none
 * @param origin the Origin header: whose page sent a form; text browsers send none
 * @param path as sent, percent-encoded
 * @param query as sent, percent-encoded
 * @param form what a form sent, percent-encoded; empty if there is none
 * @param ours whether it comes from a program of the daemon's user
 */
record Request(
    String method,
    Optional<String> host,
    Optional<String> fetchSite,
    Optional<String> origin,
    String path,
    Optional<String> query,
    String form,
    boolean ours) {

  /** Bytes: an address with a code, a state and whatever a provider adds to them. */
  private static final int LONGEST_FORM = 16_384;

  static Request of(HttpExchange exchange) throws IOException {
    URI target = exchange.getRequestURI();
    return new Request(
        exchange.getRequestMethod(),
        only(exchange.getRequestHeaders(), "Host").map(host -> host.toLowerCase(Locale.ROOT)),
        only(exchange.getRequestHeaders(), "Sec-Fetch-Site"),
        only(exchange.getRequestHeaders(), "Origin"),
        Optional.ofNullable(target.getRawPath()).orElse(""),
        Optional.ofNullable(target.getRawQuery()),
        new String(exchange.getRequestBody().readNBytes(LONGEST_FORM), StandardCharsets.UTF_8),
        Visitor.isOurs(exchange.getRemoteAddress(), exchange.getLocalAddress()));
  }

  /** A parameter of the query, decoded. */
  Optional<String> parameter(String name) {
    return query.flatMap(text -> value(text, name));
  }

  /** A field of the form, decoded. */
  Optional<String> field(String name) {
    return value(form, name);
  }

  private static Optional<String> value(String pairs, String name) {
    return Stream.of(pairs.split("&", -1))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
        .findFirst();
  }

  /** Whether a page of another site sent the browser here, or its form. */
  boolean fromElsewhere() {
    boolean otherSite =
        fetchSite.filter(site -> site.equals("cross-site") || site.equals("same-site")).isPresent();
    boolean otherOrigin =
        origin
            .filter(name -> !host.map(own -> "http://" + own).equals(Optional.of(name)))
            .isPresent();
    return otherSite || otherOrigin;
  }

  private static Optional<String> only(Headers headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
