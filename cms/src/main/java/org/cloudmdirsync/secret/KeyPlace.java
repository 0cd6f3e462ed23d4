package org.cloudmdirsync.secret;

/**
 * Where the key of a store rests; the secrets themselves are always files of the state directory.
 */
public sealed interface KeyPlace {

  /** In the file {@code key} beside them. */
  record KeyFile() implements KeyPlace {
    @Override
    public String toString() {
      return "the key file";
    }
  }

  /** In the session's Secret Service: GNOME Keyring, KWallet, KeePassXC. */
  record SecretService() implements KeyPlace {
    @Override
    public String toString() {
      return "the Secret Service";
    }
  }

  /**
   * Handed over by systemd, which may have it encrypted with the machine's TPM.
   *
   * @param name the file's in {@code $CREDENTIALS_DIRECTORY}
   */
  record SystemdCredential(String name) implements KeyPlace {
    /** What it is called unless somebody says otherwise. */
    public static final String USUAL_NAME = "cloud-mdir-sync";

    public SystemdCredential {
      if (!isName(name)) {
        throw new IllegalArgumentException("no name of a credential: " + name);
      }
    }

    /** Whether systemd would take it: a file's name, and for us one without blanks. */
    public static boolean isName(String name) {
      return name.matches("[A-Za-z0-9_@][A-Za-z0-9._@-]{0,127}");
    }

    @Override
    public String toString() {
      return "the systemd credential " + name;
    }
  }

  /** In nobody's hands: made of a passphrase at each start. */
  record Passphrase() implements KeyPlace {
    @Override
    public String toString() {
      return "a passphrase";
    }
  }
}
