package org.cloudmdirsync.command;

import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.cloudmdirsync.account.Account;
import org.cloudmdirsync.config.ConfigError;
import org.cloudmdirsync.config.ConfigFile;
import org.cloudmdirsync.config.ConfigResult;
import org.cloudmdirsync.config.Configuration;
import org.cloudmdirsync.config.EffectiveConfiguration;
import org.cloudmdirsync.dialogue.Explanations;
import org.cloudmdirsync.dialogue.Server;
import org.cloudmdirsync.doctor.Bundle;
import org.cloudmdirsync.doctor.CheckUp;
import org.cloudmdirsync.doctor.Finding;
import org.cloudmdirsync.doctor.Finding.Failed;
import org.cloudmdirsync.doctor.Finding.Passed;
import org.cloudmdirsync.doctor.Findings;
import org.cloudmdirsync.doctor.MailPlaces;
import org.cloudmdirsync.doctor.Patient;
import org.cloudmdirsync.doctor.Person;
import org.cloudmdirsync.doctor.Step;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.secret.DurableFile;
import org.cloudmdirsync.secret.Secret;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cloud-mdir-sync doctor}: where the way of a token breaks, and what to do. */
@Command(
    name = "doctor",
    description =
        "Walks the way from the configuration to the mail server and says where it breaks and what"
            + " to do. It changes nothing and uses no refresh token.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  /** Beside the configuration, or in the XDG config home: what a user wrote about refusals. */
  private static final String EXPLANATIONS = "explanations.txt";

  @Mixin private ConfigOption config = new ConfigOption();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "USER", description = "This account alone.")
  private @Nullable String user;

  @Option(
      names = "--as",
      paramLabel = "NAME",
      description = "Whether this user of the machine could connect, such as Debian-exim.")
  private @Nullable String as;

  @Option(
      names = "--smtp",
      paramLabel = "HOST:PORT",
      description = "A submission server in place of the provider's.")
  private @Nullable String smtp;

  @Option(
      names = "--imap",
      paramLabel = "HOST:PORT",
      description = "An IMAP server in place of the provider's.")
  private @Nullable String imap;

  @Option(names = "--json", description = "The findings as JSON, on standard output.")
  private boolean json;

  @Option(
      names = "--bundle",
      arity = "0..1",
      fallbackValue = "cms-doctor.txt",
      paramLabel = "FILE",
      description = "Writes a report that may be published; default: ${FALLBACK-VALUE}.")
  private @Nullable Path bundle;

  private final Map<String, String> environment = Map.copyOf(System.getenv());
  private final List<Secret> secrets = new ArrayList<>();
  private String effective = "";
  private Optional<Patient> patient = Optional.empty();

  DoctorCommand() {}

  @Override
  public Integer call() {
    ConfigResult read = ConfigFile.load(configurationFile(), environment);
    // Where nothing uses any account, that is to be said, whoever was asked for.
    if (user != null
        && read instanceof ConfigResult.Loaded(Configuration configuration, _)
        && !configuration.accounts().isEmpty()
        && configuration.account(user).isEmpty()) {
      return StoredToken.noAccount(configuration, user);
    }
    Findings people = new Findings(coloured());
    List<Step> steps = new ArrayList<>();
    Consumer<Step> tell =
        step -> {
          steps.add(step);
          if (!json) {
            System.out.println(people.line(step));
          }
        };
    // Without this step there is no patient.
    tell.accept(new Step("configuration", configurationFile().toString(), examined(read)));
    patient.ifPresent(it -> CheckUp.of(it, tell));
    System.out.print(json ? Findings.json(steps) + "\n" : "\n" + people.conclusion(steps));
    if (bundle != null && !write(bundle, steps)) {
      return ExitStatus.CANNOT_CREATE;
    }
    return Findings.firstFailure(steps).map(DoctorCommand::status).orElse(ExitStatus.OK);
  }

  private Finding examined(ConfigResult result) {
    return switch (result) {
      case ConfigResult.Invalid(List<ConfigError> errors) -> {
        ConfigError first = errors.getFirst();
        effective = String.join("\n", errors.stream().map(ConfigError::headline).toList());
        yield Failed.of(
            Finding.Fault.CONFIGURATION,
            first.headline(),
            "Correct the file; cloud-mdir-sync check shows the place, man cms.cfg what may stand"
                + " there.");
      }
      case ConfigResult.Loaded(Configuration configuration, List<String> notices) -> {
        effective = String.join("\n", notices) + "\n" + EffectiveConfiguration.print(configuration);
        configuration.accounts().stream()
            .flatMap(account -> account.client().clientSecret().stream())
            .forEach(secrets::add);
        yield configuration.accounts().isEmpty() ? unused(notices) : known(configuration);
      }
    };
  }

  private static Finding unused(List<String> notices) {
    return Failed.of(
        Finding.Fault.CONFIGURATION,
        "No account is used: " + String.join("; ", notices) + ".",
        "Name the account in a CredentialServer, as man cms.cfg shows.");
  }

  private Finding known(Configuration configuration) {
    List<Account> accounts =
        configuration.accounts().stream()
            .filter(account -> user == null || account.user().equals(user))
            .toList();
    try {
      patient = Optional.of(patient(configuration, accounts));
      return new Passed(
          "accounts: %d, sockets: %d"
              .formatted(configuration.accounts().size(), configuration.sockets().size()));
    } catch (IOException e) {
      return Failed.of(
          Finding.Fault.CONFIGURATION,
          "The explanations cannot be used: " + e.getMessage() + ".",
          "Correct the file, or move it away; docs/doctor.md says what may stand there.");
    }
  }

  private Patient patient(Configuration configuration, List<Account> accounts) throws IOException {
    Person self =
        Person.self().orElseThrow(() -> wrong("id(1) does not say who you are: see id -un"));
    Person consumer =
        as == null
            ? self
            : Person.named(as).orElseThrow(() -> wrong("this machine has no user " + as));
    return new Patient(
        sockets(configuration),
        accounts,
        StateDirectory.look(configuration.stateDir(), environment),
        self,
        consumer,
        servers(),
        environment,
        explanations());
  }

  private static List<Patient.Socket> sockets(Configuration configuration) {
    return configuration.sockets().stream()
        .map(socket ->
            new Patient.Socket(
                socket.path(),
                socket.accounts().stream().map(Account::user).toList(),
                socket.protocols()))
        .toList();
  }

  private Map<Protocol, Server> servers() {
    Map<Protocol, Server> named = new EnumMap<>(Protocol.class);
    if (smtp != null) {
      named.put(Protocol.SMTP, MailPlaces.smtp(smtp).orElseThrow(() -> noPlace("--smtp")));
    }
    if (imap != null) {
      named.put(Protocol.IMAP, MailPlaces.imap(imap).orElseThrow(() -> noPlace("--imap")));
    }
    return named;
  }

  private Explanations explanations() throws IOException {
    Optional<Path> file =
        Stream.of(
                configurationFile().toAbsolutePath().resolveSibling(EXPLANATIONS),
                ConfigFile.home(environment).resolve(EXPLANATIONS))
            .filter(Files::exists)
            .findFirst();
    return file.isPresent() ? Explanations.of(file.get()) : Explanations.none();
  }

  private Path configurationFile() {
    return config.file(Objects.requireNonNull(spec));
  }

  private boolean write(Path file, List<Step> steps) {
    try {
      String text =
          new Bundle(
                  String.join("\n", new BuildInfo().getVersion()),
                  effective,
                  steps,
                  environment,
                  secrets)
              .text();
      DurableFile.write(file, text.getBytes(StandardCharsets.UTF_8));
      System.err.println("cloud-mdir-sync: wrote " + file + "; look at it before you publish it");
      return true;
    } catch (IOException e) {
      System.err.println("cloud-mdir-sync: " + e.getMessage());
      return false;
    }
  }

  private static int status(Failed failed) {
    return switch (failed.fault()) {
      case CONFIGURATION -> ExitStatus.CONFIGURATION;
      case UNAVAILABLE -> ExitStatus.UNAVAILABLE;
      case TRY_AGAIN -> ExitStatus.TRY_AGAIN;
      case NO_PERMISSION -> ExitStatus.NO_PERMISSION;
    };
  }

  /** On a terminal, unless its user does not want them (https://no-color.org). */
  private boolean coloured() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  private ParameterException noPlace(String option) {
    return wrong(option + " is to be HOST or HOST:PORT");
  }

  private ParameterException wrong(String words) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), words);
  }
}
