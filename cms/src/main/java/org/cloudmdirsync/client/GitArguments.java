package org.cloudmdirsync.client;

import java.util.Optional;

/**
 * The command line of {@code git-credential-cms}.
 *
 * @param action what git asks for, as the last argument; also {@code help} and {@code version}
 * @param user the account, if git is not to name it
 */
record GitArguments(String action, Optional<String> user, Optional<String> socket) {
  static final String SYNOPSIS =
      "usage: git-credential-cms [--cms_sock=PATH] [--user=USER] get|store|erase|capability\n";

  static final String HELP =
      SYNOPSIS
          + """

          Give git an OAuth 2.0 access token from cloud-mdir-sync as the password of a mailbox.

          options:
            -h, --help        show this help message and exit
            --version         show the version and exit
            --user=USER       the account, as in the daemon's configuration (default: git's user)
            --cms_sock=PATH   the daemon's credential socket (default: $CMS_SOCK, then
                              $XDG_RUNTIME_DIR/cms.sock if that exists)

          In ~/.gitconfig, for one mail server:

            [credential "smtp://smtp.office365.com:587"]
                helper =
                helper = cms
          """;

  /** Empty if they make no sense. */
  static Optional<GitArguments> read(String[] arguments) {
    Optional<String> user = Optional.empty();
    Optional<String> socket = Optional.empty();
    Optional<String> action = Optional.empty();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      String name = argument.substring(0, Math.max(equals, 0)).replace('_', '-');
      Optional<String> value = Optional.of(argument.substring(equals + 1));
      if (name.equals("--user")) {
        user = value;
      } else if (name.equals("--cms-sock")) {
        socket = value;
      } else if (argument.equals("--help") || argument.equals("-h")) {
        action = Optional.of("help");
      } else if (argument.equals("--version")) {
        action = Optional.of("version");
      } else if (argument.startsWith("-") || action.isPresent()) {
        return Optional.empty();
      } else {
        action = Optional.of(argument);
      }
    }
    return action.isPresent()
        ? Optional.of(new GitArguments(action.get(), user, socket))
        : Optional.empty();
  }
}
