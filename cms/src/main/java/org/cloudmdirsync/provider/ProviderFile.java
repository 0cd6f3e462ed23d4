package org.cloudmdirsync.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.cloudmdirsync.oauth.EndpointSource;
import org.cloudmdirsync.oauth.Endpoints;
import org.cloudmdirsync.provider.Provider.Identity;
import org.cloudmdirsync.provider.Provider.TokenPer;
import org.cloudmdirsync.sasl.Mechanism;

/**
 * A provider's data: a properties file named after it. Values may hold {@code {placeholders}};
 * lists are separated by spaces. A fault in a file is a bug of ours, so it throws.
 */
final class ProviderFile {
  private static final Map<String, ProviderFile> READ = new ConcurrentHashMap<>();

  private final String name;
  private final Map<String, String> values;
  private final Map<Map<String, String>, Provider> filled = new ConcurrentHashMap<>();

  private ProviderFile(String name, Map<String, String> values) {
    this.name = name;
    this.values = values;
  }

  /** Of each file one, however many accounts the provider has. */
  static ProviderFile read(String name) {
    return READ.computeIfAbsent(name, ProviderFile::load);
  }

  private static ProviderFile load(String name) {
    Properties properties = new Properties();
    try (InputStream in = ProviderFile.class.getResourceAsStream(name + ".properties")) {
      if (in == null) {
        throw new IllegalStateException("no data file for the provider " + name);
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> values = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return new ProviderFile(name, values);
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  /**
   * The same provider at other addresses. Its issuer is the origin of its sign-in page, as the
   * public one's is; nothing else of the public provider is left, so that no token goes astray.
   */
  ProviderFile at(Optional<URI> authorization, Optional<URI> token) {
    Map<String, String> moved = new TreeMap<>(values);
    authorization.ifPresent(uri -> {
      moved.put("authorization", uri.toString());
      moved.put("issuer", uri.getScheme() + "://" + uri.getRawAuthority());
    });
    token.ifPresent(uri -> {
      moved.put("token", uri.toString());
      moved.remove("userinfo");
      moved.remove("revocation");
    });
    return new ProviderFile(name, moved);
  }

  Provider provider(Map<String, String> placeholders) {
    return filled.computeIfAbsent(placeholders, this::filled);
  }

  private Provider filled(Map<String, String> placeholders) {
    Map<String, String> filled = new TreeMap<>();
    values.forEach((key, value) -> filled.put(key, fill(value, placeholders)));
    return new ProviderFile(name, filled).provider();
  }

  private Provider provider() {
    return new Provider(
        name,
        required("title"),
        new EndpointSource.Known(endpoints()),
        required("redirect-path"),
        scopes("scope."),
        words("scope"),
        startingWith("parameter."),
        TokenPer.valueOf(value("token-per").orElse("ACCOUNT")),
        Mechanism.valueOf(value("mechanism").orElse("XOAUTH2")),
        Identity.valueOf(required("identity")),
        terms());
  }

  private Terms terms() {
    return new Terms(
        value("no-device"),
        value("no-revocation"),
        value("admin-consent"),
        scopes("app-scope."),
        value("single-page-life").map(Duration::parse));
  }

  private Endpoints endpoints() {
    return new Endpoints(
        URI.create(required("authorization")),
        URI.create(required("token")),
        value("device").map(URI::create),
        value("revocation").map(URI::create),
        value("userinfo").map(URI::create),
        value("issuer"),
        Boolean.parseBoolean(value("issuer-in-response").orElse("false")));
  }

  private Map<Protocol, List<String>> scopes(String prefix) {
    Map<Protocol, List<String>> scopes = new EnumMap<>(Protocol.class);
    for (Protocol use : Protocol.values()) {
      List<String> words = words(prefix + use);
      if (!words.isEmpty()) {
        scopes.put(use, words);
      }
    }
    return Map.copyOf(scopes);
  }

  private List<String> words(String key) {
    return value(key).map(text -> List.of(text.split(" "))).orElse(List.of());
  }

  private Map<String, String> startingWith(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach((key, value) -> {
      if (key.startsWith(prefix)) {
        found.put(key.substring(prefix.length()), value);
      }
    });
    return Map.copyOf(found);
  }

  private String required(String key) {
    return value(key)
        .orElseThrow(() -> new IllegalStateException(name + ".properties has no " + key));
  }

  /** Replaces what is known; Microsoft's {@code {tenantid}} stays, it belongs to the issuer. */
  private static String fill(String value, Map<String, String> placeholders) {
    if (value.indexOf('{') < 0) {
      return value;
    }
    String filled = value;
    for (Map.Entry<String, String> each : placeholders.entrySet()) {
      filled = filled.replace("{" + each.getKey() + "}", each.getValue());
    }
    return filled;
  }
}
