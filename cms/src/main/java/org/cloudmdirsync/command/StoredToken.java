package org.cloudmdirsync.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.config.ConfigFile;
import org.cloudmdirsync.config.ConfigResult;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.secret.DurableFile;
import org.cloudmdirsync.secret.KeyUnavailable;
import org.cloudmdirsync.secret.PassphraseRefused;
import org.cloudmdirsync.secret.SecretStore;
import org.cloudmdirsync.secret.StoredSecret;
import org.cloudmdirsync.secret.UnreadableSecret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The refresh token of one configured account, for a command; a daemon may be running. */
final class StoredToken {
  /** A daemon keeps it for one token request: 30 s at the most. */
  private static final Duration PATIENCE = Duration.ofSeconds(35);

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Mixin private ConfigOption config = new ConfigOption();

  StoredToken() {}

  /** The configuration. */
  Path file() {
    return config.file(Objects.requireNonNull(command));
  }

  /** What is done with it, and the exit status that comes of that. */
  interface Use {
    int of(Account account, StoredSecret token) throws IOException;
  }

  /** Opens the store and has the token used; says what went wrong. Returns the exit status. */
  int with(String user, Use use) {
    Map<String, String> environment = Map.copyOf(System.getenv());
    return switch (ConfigFile.load(file(), environment)) {
      case ConfigResult.Invalid invalid -> {
        invalid.errors().forEach(System.err::println);
        yield ExitStatus.CONFIGURATION;
      }
      case ConfigResult.Loaded loaded -> with(loaded.configuration(), environment, user, use);
    };
  }

  private static int with(
      Configuration configuration, Map<String, String> environment, String user, Use use) {
    Optional<Account> account = configuration.account(user);
    if (account.isEmpty()) {
      return noAccount(configuration, user);
    }
    try {
      Optional<String> owner = StateDirectory.otherOwner(configuration.stateDir());
      return owner.isPresent()
          ? failed(ExitStatus.NO_PERMISSION, anothers(configuration.stateDir(), owner.get()))
          : with(configuration, environment, account.get(), use);
    } catch (PassphraseRefused refused) {
      return failed(ExitStatus.NO_PERMISSION, DurableFile.reason(refused));
    } catch (KeyUnavailable waiting) {
      return failed(ExitStatus.UNAVAILABLE, DurableFile.reason(waiting));
    } catch (UnreadableSecret damaged) {
      return failed(ExitStatus.DATA_ERROR, DurableFile.reason(damaged));
    } catch (IOException e) {
      return failed(ExitStatus.CANNOT_CREATE, DurableFile.reason(e));
    }
  }

  private static int with(
      Configuration configuration, Map<String, String> environment, Account account, Use use)
      throws IOException {
    try (SecretStore store =
            SecretStore.open(configuration.stateDir(), configuration.keyPlace(), environment);
        StoredSecret token = store.take(account.credential(), PATIENCE)) {
      return use.of(account, token);
    }
  }

  private static String anothers(Path stateDir, String owner) {
    return "the state directory %s belongs to %s, whom files of another user there would lock out: run this as %2$s, for instance by sudo -u %2$s"
        .formatted(stateDir, owner);
  }

  /** Says that nobody is called so, and who there is; returns the exit status. */
  static int noAccount(Configuration configuration, String user) {
    List<String> users = configuration.accounts().stream().map(Account::user).toList();
    return failed(ExitStatus.NO_USER, "no account " + user + "; there are " + users);
  }

  private static int failed(int status, String reason) {
    DaemonLink.complain(reason);
    return status;
  }
}
