package org.cloudmdirsync.app;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.cloudmdirsync.tls.Trust;

/** The demo's user at a browser: follows the real pages, fills in the real form, presses Allow. */
final class DemoBrowser implements AutoCloseable {
  private static final Pattern SIGN_IN = Pattern.compile("href=\"(/sign-in[^\"]*)\"");
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=hidden name=\"?([^\" ]+)\"? value=\"?([^\">]*)\"?>");
  private static final Pattern SCOPE = Pattern.compile("name=(granted) checked value=\"([^\"]*)\"");

  private final HttpClient client;

  DemoBrowser(Trust trust) throws IOException {
    client =
        HttpClient.newBuilder()
            .sslContext(trust.context())
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();
  }

  /** Signs in from the daemon's page on; returns the text of the page where it ends. */
  String signIn(URI page, String user) throws IOException, InterruptedException {
    String accounts = get(page).body();
    HttpResponse<String> provider = get(page.resolve(first(SIGN_IN, accounts, "a sign-in link")));
    String form =
        fields(HIDDEN, provider.body())
            + fields(SCOPE, provider.body())
            + "user="
            + encode(user)
            + "&decision=allow";
    URI action = URI.create(provider.uri().toString().replaceFirst("\\?.*", ""));
    HttpRequest allow =
        HttpRequest.newBuilder(action)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build();
    return text(send(allow).body());
  }

  private HttpResponse<String> get(URI address) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address).GET().build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IOException(response.uri().getPath() + " answered: " + text(response.body()));
    }
    return response;
  }

  private static String first(Pattern wanted, String page, String what) throws IOException {
    return Optional.of(wanted.matcher(page))
        .filter(Matcher::find)
        .map(match -> unescape(match.group(1)))
        .orElseThrow(() -> new IOException("the page holds no " + what));
  }

  private static String fields(Pattern field, String page) {
    return field
        .matcher(page)
        .results()
        .map(match -> match.group(1) + "=" + encode(unescape(match.group(2))) + "&")
        .collect(Collectors.joining());
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static String unescape(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static String text(String html) {
    return unescape(html.replaceAll("(?s)<(style|title).*?</\\1>", " ").replaceAll("<[^>]*>", " "))
        .replaceAll("\\s+", " ")
        .strip();
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
