package org.cloudmdirsync.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Products that read TLS on its way, by the names in their certificates: a table. */
final class Interceptors {
  private static final List<Product> PRODUCTS = read();

  private record Product(String mark, String name) {}

  private Interceptors() {}

  /** The product whose mark is in a certificate's name. */
  static Optional<String> named(String certificateName) {
    String lower = certificateName.toLowerCase(Locale.ROOT);
    return PRODUCTS.stream()
        .filter(product -> lower.contains(product.mark()))
        .map(Product::name)
        .findFirst();
  }

  private static List<Product> read() {
    try (InputStream in = Interceptors.class.getResourceAsStream("interceptors.txt")) {
      if (in == null) {
        throw new IllegalStateException("interceptors.txt is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> line.split(" *: *", 2))
          .map(columns -> new Product(columns[0].toLowerCase(Locale.ROOT), columns[1]))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
