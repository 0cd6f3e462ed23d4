package org.cloudmdirsync.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
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
 * @param path as sent, percent-encoded
 * @param query as sent, percent-encoded
 */
record Request(
    String method,
    Optional<String> host,
    Optional<String> fetchSite,
    String path,
    Optional<String> query) {

  static Request of(HttpExchange exchange) {
    URI target = exchange.getRequestURI();
    return new Request(
        exchange.getRequestMethod(),
        only(exchange.getRequestHeaders(), "Host").map(host -> host.toLowerCase(Locale.ROOT)),
        only(exchange.getRequestHeaders(), "Sec-Fetch-Site"),
        Optional.ofNullable(target.getRawPath()).orElse(""),
        Optional.ofNullable(target.getRawQuery()));
  }

  /** A parameter of the query, decoded. */
  Optional<String> parameter(String name) {
    return query.stream()
        .flatMap(text -> Stream.of(text.split("&", -1)))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8))
        .findFirst();
  }

  /** Whether a page of another site sent the browser here. */
  boolean fromElsewhere() {
    return fetchSite
        .filter(site -> site.equals("cross-site") || site.equals("same-site"))
        .isPresent();
  }

  private static Optional<String> only(Headers headers, String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
