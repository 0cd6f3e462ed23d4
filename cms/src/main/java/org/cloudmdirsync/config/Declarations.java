package org.cloudmdirsync.config;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.cloudmdirsync.account.NudgeHours;
import org.cloudmdirsync.config.Arguments.Bound;
import org.cloudmdirsync.config.Configuration.Mailbox;
import org.cloudmdirsync.config.Configuration.Oversight;
import org.cloudmdirsync.provider.Protocol;
import org.cloudmdirsync.provider.Providers;
import org.cloudmdirsync.secret.KeyPlace;
import org.cloudmdirsync.unix.AllowedPeers;

/** What the files declare, call by call; {@link Assembly} makes a {@link Configuration} of it. */
final class Declarations {
  /** Of the 108 bytes in a socket's address (unix(7)) the JDK leaves two unused. */
  private static final int LONGEST_SOCKET_PATH_BYTES = 106;

  private final Directories directories;
  private final Map<Value.Entity, AccountDeclaration> accounts = new HashMap<>();
  private final List<AccountDeclaration> inOrder = new ArrayList<>();
  private final List<SocketDeclaration> sockets = new ArrayList<>();
  private final List<Supplier<Mailbox>> mailboxes = new ArrayList<>();
  private final Map<String, Registration> registrations = new LinkedHashMap<>();
  private final List<String> notices = new ArrayList<>();
  private int requestsPerSecond = Oversight.USUAL.requestsPerSecond();
  private int auditSeconds = Math.toIntExact(Oversight.USUAL.auditInterval().toSeconds());
  private Optional<URI> metricsUrl = Optional.empty();
  private URI webUrl = URI.create("http://127.0.0.1:8080/");
  private Path stateDir;
  private Path messageDbDir;
  private Optional<String> onEvent = Optional.empty();
  private NudgeHours nudgeHours = NudgeHours.usual();
  private Optional<KeyPlace> keyPlace = Optional.empty();

  /** One {@code CredentialServer(…)}; the position is that of its protocols. */
  record SocketDeclaration(
      Path path,
      int mode,
      List<AccountDeclaration> accounts,
      List<Protocol> protocols,
      Optional<AllowedPeers> allowed,
      Position position) {}

  Declarations(Directories directories) {
    this.directories = directories;
    this.stateDir = directories.state();
    this.messageDbDir = directories.messages();
  }

  List<AccountDeclaration> accounts() {
    return inOrder;
  }

  List<SocketDeclaration> sockets() {
    return sockets;
  }

  /** As their attributes stand now; a file sets them after it has made the mailbox. */
  List<Mailbox> mailboxes() {
    return mailboxes.stream().map(Supplier::get).toList();
  }

  /** By provider or by mail domain. */
  Map<String, Registration> registrations() {
    return registrations;
  }

  List<String> notices() {
    return notices;
  }

  URI webUrl() {
    return webUrl;
  }

  Oversight oversight() {
    return new Oversight(requestsPerSecond, Duration.ofSeconds(auditSeconds), metricsUrl);
  }

  Path stateDir() {
    return stateDir;
  }

  Optional<KeyPlace> keyPlace() {
    return keyPlace;
  }

  Path messageDbDir() {
    return messageDbDir;
  }

  Optional<String> onEvent() {
    return onEvent;
  }

  NudgeHours nudgeHours() {
    return nudgeHours;
  }

  void notice(String words) {
    notices.add(words);
  }

  void notice(Position position, String words) {
    notices.add(position + ": " + words);
  }

  /** Runs a {@code registrations.cfg}, in which nothing else can be declared. */
  void runRegistrations(Source source) {
    Budget budget = new Budget();
    Map<String, Value> names = language(source, budget);
    names.put("Registration", new Value.Builtin("Registration", this::registration));
    Interpreter.run(source, names, budget);
  }

  /** Runs a {@code cms.cfg}. */
  void run(Source source) {
    Budget budget = new Budget();
    Map<String, Value> names = language(source, budget);
    names.put("cfg", cfg());
    Map<String, Value.Builtin.Body> functions =
        Map.of(
            "Office365_Account",
                arguments -> account(AccountFunctions.microsoft(arguments, directories)),
            "GMail_Account", arguments -> account(AccountFunctions.google(arguments, directories)),
            "OAuth2_Account", arguments -> account(AccountFunctions.generic(arguments)),
            "Registration", this::registration,
            "Office365",
                arguments -> cloud(arguments, "mailbox", "microsoft", AccountFunctions.GRAPH),
            "GMail", arguments -> cloud(arguments, "label", "google", AccountFunctions.GMAIL),
            "MailDir", this::mailDir,
            "CredentialServer", this::credentialServer,
            "SecretStore", this::secretStore);
    functions.forEach((name, body) -> names.put(name, new Value.Builtin(name, body)));
    Interpreter.run(source, names, budget);
  }

  private Map<String, Value> language(Source source, Budget budget) {
    return new LinkedHashMap<>(
        Builtins.of(budget, printed -> notices.add(source.name() + ": " + printed)));
  }

  private Value.Entity cfg() {
    return new Value.Entity(
            "cfg",
            Map.of(
                "web_url", url -> webUrl = Addresses.page(url),
                "state_dir", directory -> stateDir = directories.path(directory),
                "message_db_dir", directory -> messageDbDir = directories.path(directory),
                "on_event", command -> onEvent = Settings.command(command),
                "nudge_hours", hours -> nudgeHours = Settings.hours(hours),
                "requests_per_second",
                    number -> requestsPerSecond = Settings.count(number, 1_000_000),
                "audit_interval", seconds -> auditSeconds = Settings.count(seconds, 86_400),
                "metrics_url", url -> metricsUrl = Optional.of(Addresses.metrics(url)),
                "direct_message", Declarations::checkRouting,
                "trace_file", _ -> {}))
        .with("web_url", new Value.Text(webUrl.toString()))
        .with("state_dir", new Value.Text(stateDir.toString()))
        .with("message_db_dir", new Value.Text(messageDbDir.toString()))
        .with("on_event", Value.None.NONE)
        .with("nudge_hours", new Value.Tuple(List.of(new Value.Int(9), new Value.Int(17))))
        .with("requests_per_second", new Value.Int(requestsPerSecond))
        .with("audit_interval", new Value.Int(auditSeconds))
        .with("metrics_url", Value.None.NONE)
        .with("trace_file", Value.None.NONE);
  }

  /** It is called with one message; until mailboxes are synchronised it is only kept. */
  private static void checkRouting(Located located) {
    if (located.value() instanceof Value.Builtin) {
      return;
    } else if (!(located.value() instanceof Value.Function function)) {
      throw located.wrong("a function");
    } else {
      List<Statement.Parameter> parameters = function.definition().parameters();
      long needed = parameters.stream().filter(p -> p.byDefault().isEmpty()).count();
      if (parameters.isEmpty() || needed > 1) {
        throw located.rejected("must be a function of one argument, the message");
      }
    }
  }

  private Value account(AccountDeclaration declaration) {
    Value.Entity entity =
        new Value.Entity("an account", Map.of()).with("user", new Value.Text(declaration.user()));
    accounts.put(entity, declaration);
    inOrder.add(declaration);
    return entity;
  }

  private AccountDeclaration declared(Located located) {
    AccountDeclaration declaration =
        located.value() instanceof Value.Entity entity ? accounts.get(entity) : null;
    if (declaration == null) {
      throw located.wrong("an account");
    }
    return declaration;
  }

  private Value registration(Arguments arguments) {
    Bound bound =
        arguments.bind("name", "client_id", "client_secret", "redirect_uri", "spa", "tenant");
    Located name = bound.required("name");
    String text = name.filledText();
    if (!text.contains(".") && !Providers.names().contains(text)) {
      throw new Rejected(
          name.position(),
          "\"%s\" is neither a provider nor a mail domain%s"
              .formatted(text, Suggestion.of(text, Providers.names())));
    }
    bound.required("client_id").filledText();
    if (registrations.putIfAbsent(text, Registration.of(bound)) != null) {
      throw new Rejected(name.position(), "\"" + text + "\" has a registration already");
    }
    return Value.None.NONE;
  }

  private Value cloud(Arguments arguments, String parameter, String family, URI api) {
    Bound bound = arguments.bind(parameter, "account");
    String name = bound.required(parameter).filledText();
    AccountDeclaration account = declared(bound.required("account"));
    if (!account.family().equals(family)) {
      throw bound
          .required("account")
          .rejected("must be an account of the same provider as the mailbox");
    }
    account.uses().add(Protocol.MAILBOX);
    Value.Entity entity =
        new Value.Entity("a mailbox", Map.of("delete_action", Declarations::checkDeletion))
            .with("delete_action", new Value.Text("archive"));
    mailboxes.add(() ->
        new Mailbox.Cloud(
            arguments.function(),
            name,
            account.user(),
            account.api().orElse(api),
            Items.text(entity.get("delete_action"))));
    return entity;
  }

  private static void checkDeletion(Located located) {
    if (!Set.of("archive", "delete").contains(located.text())) {
      throw located.rejected("must be \"archive\" or \"delete\"");
    }
  }

  private Value mailDir(Arguments arguments) {
    // The original's name is "directory"; a path is what people write.
    Bound bound = arguments.bind("directory", "path");
    Located given = bound.optional("path").orElseGet(() -> bound.required("directory"));
    Path directory = directories.path(given);
    mailboxes.add(() -> new Mailbox.Local(directory));
    return new Value.Entity("a mailbox", Map.of());
  }

  private Value secretStore(Arguments arguments) {
    Bound bound = arguments.bind("place", "name");
    if (keyPlace.isPresent()) {
      throw new Rejected(bound.position(), "there is a SecretStore already; there can be one");
    }
    keyPlace = Optional.of(Settings.keyPlace(bound.required("place"), bound.optional("name")));
    return Value.None.NONE;
  }

  private Value credentialServer(Arguments arguments) {
    Bound bound = arguments.bind("path", "accounts", "umask", "protocols", "allow");
    Optional<AllowedPeers> allowed = bound.optional("allow").map(AllowList::of);
    int mode = bound.optional("umask").map(Settings::mode).orElse(usualMode(allowed));
    if ((mode & 0200) == 0) {
      notice(
          bound.required("umask").position(),
          String.format(
              "\"umask\" is the mode of the socket: 0o%03o shuts its owner out; usual is 0o600",
              mode));
    }
    List<AccountDeclaration> served =
        bound.required("accounts").items().stream().map(this::declared).distinct().toList();
    if (served.isEmpty()) {
      notice(
          bound.required("accounts").position(), "no account is listed, so nobody is served here");
    }
    List<Protocol> protocols =
        bound
            .optional("protocols")
            .map(list -> list.items().stream().map(Settings::served).distinct().toList())
            .orElse(List.of(Protocol.SMTP));
    served.forEach(account -> account.uses().addAll(protocols));
    Position position = bound.optional("protocols").map(Located::position).orElse(bound.position());
    sockets.add(
        new SocketDeclaration(
            socketPath(bound.required("path")), mode, served, protocols, allowed, position));
    return Value.None.NONE;
  }

  /** Whoever is listed has to get as far as being looked at. */
  private static int usualMode(Optional<AllowedPeers> allowed) {
    boolean others =
        allowed.filter(list -> !list.users().isEmpty() || !list.groups().isEmpty()).isPresent();
    return others ? 0666 : 0600;
  }

  private Path socketPath(Located located) {
    Path path = directories.path(located);
    int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
    if (bytes > LONGEST_SOCKET_PATH_BYTES) {
      throw located.rejected(
          "is " + bytes + " bytes long; a socket's path can have " + LONGEST_SOCKET_PATH_BYTES);
    }
    for (SocketDeclaration other : sockets) {
      if (other.path().equals(path)) {
        throw located.rejected("is the path of another CredentialServer already");
      }
    }
    return path;
  }
}
