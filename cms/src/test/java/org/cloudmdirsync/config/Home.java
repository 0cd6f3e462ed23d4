package org.cloudmdirsync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.oauth.EndpointSource;

/** A user's home with a configuration in it. */
record Home(Path directory) {

  ConfigResult load(Path file) {
    return ConfigFile.load(file, Map.of("HOME", directory.toString()));
  }

  /** What a good one means. */
  ConfigResult.Loaded loaded(String text) throws IOException {
    ConfigResult result = load(Files.writeString(directory.resolve("cms.cfg"), text));
    assertThat(result).isInstanceOf(ConfigResult.Loaded.class);
    return (ConfigResult.Loaded) result;
  }

  /** What is wrong with a bad one. */
  List<ConfigError> errors(String text) throws IOException {
    ConfigResult result = load(Files.writeString(directory.resolve("cms.cfg"), text));
    assertThat(result).isInstanceOf(ConfigResult.Invalid.class);
    return ((ConfigResult.Invalid) result).errors();
  }

  /** Where a person of this account is sent to sign in. */
  static String authorization(Account account) {
    return account.provider().endpoints() instanceof EndpointSource.Known known
        ? known.endpoints().authorization().toString()
        : "";
  }
}
