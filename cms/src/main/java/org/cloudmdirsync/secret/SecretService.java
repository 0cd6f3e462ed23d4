package org.cloudmdirsync.secret;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.cloudmdirsync.dbus.Bus;
import org.cloudmdirsync.dbus.ErrorReply;
import org.cloudmdirsync.dbus.MethodCall;
import org.cloudmdirsync.dbus.Variant;

/**
 * One item in the session's Secret Service (freedesktop.org Secret Service API).
 *
 * <p>No window is ever opened to unlock a keyring: a daemon is started by a login or from afar, and
 * who is asked then is nobody. Secrets travel over the bus as they are ("plain"): who can listen on
 * a session's bus is the same user, and may as well ask the service.
 */
final class SecretService implements AutoCloseable {
  private static final String NAME = "org.freedesktop.secrets";
  private static final String PATH = "/org/freedesktop/secrets";
  private static final String SERVICE = "org.freedesktop.Secret.Service";
  private static final String COLLECTION = "org.freedesktop.Secret.Collection";
  private static final String ITEM = "org.freedesktop.Secret.Item";
  private static final String NONE = "/";

  /** Time for the bus to start the service. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** A daemon's first start does not wait longer for what it may do without. */
  private static final Duration SHORT_PATIENCE = Duration.ofSeconds(1);

  private static final String UNLOCK =
      "unlock your keyring, by signing in at the desktop or in its program (Passwords and Keys,"
          + " KWalletManager, KeePassXC)";

  private final Bus bus;

  private SecretService(Bus bus) {
    this.bus = bus;
  }

  /** Whether one runs here already and would take a secret now. */
  static boolean isReady(Map<String, String> environment) {
    Optional<Path> address = Bus.address(environment);
    if (address.isEmpty()) {
      return false;
    }
    try (SecretService service = new SecretService(Bus.connect(address.get(), SHORT_PATIENCE))) {
      return service.bus.hasOwner(NAME) && service.unlockedCollection().isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  static SecretService connect(Map<String, String> environment) throws KeyUnavailable {
    Path address =
        Bus.address(environment)
            .orElseThrow(() ->
                new KeyUnavailable(
                    "there is no D-Bus session bus ($DBUS_SESSION_BUS_ADDRESS), so no Secret"
                        + " Service: start cloud-mdir-sync within a session, or choose another"
                        + " SecretStore(…)"));
    try {
      return new SecretService(Bus.connect(address, PATIENCE));
    } catch (IOException e) {
      throw new KeyUnavailable(
          "the D-Bus session bus at " + address + " does not answer: " + DurableFile.reason(e));
    }
  }

  /**
   * The secret that was kept under this id.
   *
   * @param label what {@link #keep} called it, for the words about it
   * @throws KeyUnavailable when it cannot be read now, or is not there
   */
  String find(String id, String label) throws KeyUnavailable {
    return asked(() -> found(id, label));
  }

  /** Keeps a secret in the default collection, and makes sure that it is there. */
  void keep(String id, String label, String secret) throws KeyUnavailable {
    String kept =
        asked(() -> {
          create(id, label, secret);
          return found(id, label);
        });
    if (!kept.equals(secret)) {
      throw new KeyUnavailable("the Secret Service returns another secret than it was given");
    }
  }

  private String found(String id, String label) throws IOException {
    List<Object> found = call(SERVICE, PATH, "SearchItems", "a{ss}", attributes(id));
    List<?> unlocked = (List<?>) found.get(0);
    List<?> locked = (List<?>) found.get(1);
    if (!unlocked.isEmpty()) {
      return secret((String) unlocked.getFirst());
    }
    if (!locked.isEmpty() || unlockedCollection().isEmpty()) {
      throw new KeyUnavailable("the keyring with \"" + label + "\" is locked; " + UNLOCK);
    }
    throw new KeyUnavailable(
        "\"%s\" (id %s) is not in the Secret Service any more: restore that keyring from a backup, or move the state directory away and sign in again"
            .formatted(label, id));
  }

  private void create(String id, String label, String secret) throws IOException {
    String collection =
        unlockedCollection()
            .orElseThrow(() ->
                new KeyUnavailable(
                    "the Secret Service has no default keyring, or it is locked; " + UNLOCK));
    Map<String, Variant> properties =
        Map.of(
            ITEM + ".Label",
            new Variant("s", label),
            ITEM + ".Attributes",
            new Variant("a{ss}", attributes(id)));
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    List<Object> item = List.of(session(), new byte[0], bytes, "text/plain");
    call(COLLECTION, collection, "CreateItem", "a{sv}(oayays)b", properties, item, true);
  }

  private static Map<String, String> attributes(String id) {
    return Map.of("application", "cloud-mdir-sync", "id", id);
  }

  private Optional<String> unlockedCollection() throws IOException {
    String path = (String) call(SERVICE, PATH, "ReadAlias", "s", "default").getFirst();
    if (path.equals(NONE)) {
      return Optional.empty();
    }
    Object locked =
        call("org.freedesktop.DBus.Properties", path, "Get", "ss", COLLECTION, "Locked").getFirst();
    return locked.equals(new Variant("b", false)) ? Optional.of(path) : Optional.empty();
  }

  private String secret(String item) throws IOException {
    List<?> secret = (List<?>) call(ITEM, item, "GetSecret", "o", session()).getFirst();
    return new String((byte[]) secret.get(2), StandardCharsets.UTF_8);
  }

  private String session() throws IOException {
    return (String)
        call(SERVICE, PATH, "OpenSession", "sv", "plain", new Variant("s", "")).getLast();
  }

  private List<Object> call(
      String type, String path, String member, String signature, Object... arguments)
      throws IOException {
    List<Object> values =
        bus.call(new MethodCall(NAME, path, type, member, signature, List.of(arguments)));
    if (values.isEmpty()) {
      throw new IOException(member + " returned nothing");
    }
    return values;
  }

  private interface Question<T> {
    T ask() throws IOException;
  }

  private static <T> T asked(Question<T> question) throws KeyUnavailable {
    try {
      return question.ask();
    } catch (KeyUnavailable e) {
      throw e;
    } catch (IOException e) {
      throw unavailable(e);
    } catch (ClassCastException | IndexOutOfBoundsException | NoSuchElementException e) {
      throw new KeyUnavailable("the Secret Service answers in a way of its own");
    }
  }

  private static KeyUnavailable unavailable(IOException e) {
    if (e instanceof SocketTimeoutException) {
      return new KeyUnavailable("the Secret Service does not answer; " + UNLOCK);
    }
    boolean unknown =
        e instanceof ErrorReply reply && reply.name().endsWith(".Error.ServiceUnknown");
    return new KeyUnavailable(
        unknown
            ? "no Secret Service runs in this session; start one, such as gnome-keyring-daemon,"
                + " KWallet or KeePassXC"
            : "the Secret Service says: " + e.getMessage());
  }

  @Override
  public void close() throws IOException {
    bus.close();
  }
}
