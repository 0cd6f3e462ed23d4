package org.cloudmdirsync.demo;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.cloudmdirsync.tls.Trust;

/** The demo's user at a browser: follows the real pages, fills in the real form, presses Allow. */
final class DemoBrowser {
  private static final Pattern SIGN_IN = Pattern.compile("href=\"(/sign-in[^\"]*)\"");
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=hidden name=\"?([^\" ]+)\"? value=\"?([^\">]*)\"?>");
  private static final Pattern SCOPE = Pattern.compile("name=(granted) checked value=\"([^\"]*)\"");

  /** The way to the provider and back is three. */
  private static final int MOST_REDIRECTS = 10;

  private final SSLSocketFactory tls;

  private record Page(URI address, String html) {}

  DemoBrowser(Trust trust) throws IOException {
    tls = trust.context().getSocketFactory();
  }

  /** Signs in from the daemon's page on; returns the text of the page where it ends. */
  String signIn(URI page, String user) throws IOException {
    String accounts = visit(page).html();
    Page provider = visit(page.resolve(first(SIGN_IN, accounts, "a sign-in link")));
    String form =
        fields(HIDDEN, provider.html())
            + fields(SCOPE, provider.html())
            + "user="
            + encode(user)
            + "&decision=allow";
    URI action = URI.create(provider.address().toString().replaceFirst("\\?.*", ""));
    return text(follow(post(action, form)).html());
  }

  private Page visit(URI address) throws IOException {
    return follow(open(address));
  }

  private HttpURLConnection post(URI address, String form) throws IOException {
    HttpURLConnection connection = open(address);
    connection.setDoOutput(true);
    connection.getOutputStream().write(form.getBytes(StandardCharsets.US_ASCII));
    return connection;
  }

  /** By hand, because the JDK does not follow from http to https and back. */
  private Page follow(HttpURLConnection first) throws IOException {
    HttpURLConnection connection = first;
    for (int times = 0; connection.getResponseCode() / 100 == 3; times++) {
      if (times == MOST_REDIRECTS) {
        throw new IOException("redirected for ever: " + connection.getURL());
      }
      URI here = URI.create(connection.getURL().toString());
      connection = open(here.resolve(connection.getHeaderField("Location")));
    }
    return page(connection);
  }

  private HttpURLConnection open(URI address) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) address.toURL().openConnection(Proxy.NO_PROXY);
    connection.setInstanceFollowRedirects(false);
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(tls);
    }
    return connection;
  }

  private static Page page(HttpURLConnection connection) throws IOException {
    boolean good = connection.getResponseCode() == HttpURLConnection.HTTP_OK;
    try (var body = good ? connection.getInputStream() : connection.getErrorStream()) {
      String html = new String(body.readAllBytes(), StandardCharsets.UTF_8);
      if (!good) {
        throw new IOException(connection.getURL().getPath() + " answered: " + text(html));
      }
      return new Page(URI.create(connection.getURL().toString()), html);
    }
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
}
