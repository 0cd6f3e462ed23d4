package org.cloudmdirsync.client;

/** The texts of {@code --help} and usage errors. */
final class Usage {

  static final String SYNOPSIS =
      """
      usage: cms-oauth [-h] [--version] [--proto {SMTP,IMAP,POP}] --user USER
                       [--cms_sock CMS_SOCK]
                       [--output {xoauth2,xoauth2-b64,token,oauthbearer,oauthbearer-b64}]
                       [--no_newline] [--test-smtp HOST[:PORT] | --test-imap HOST[:PORT]]
      """;

  static final String HELP =
      SYNOPSIS
          + """

          Get an OAuth 2.0 access token for a mailbox from cloud-mdir-sync and print it.

          options:
            -h, --help            show this help message and exit
            --version             show the version and exit
            --proto {SMTP,IMAP,POP}
                                  what the token is to be used for (default: SMTP)
            --user USER           the account, as in the daemon's configuration
            --cms_sock CMS_SOCK   the daemon's credential socket (default: $CMS_SOCK, then
                                  $XDG_RUNTIME_DIR/cms.sock if that exists)
            --output FORM         xoauth2: the SASL string (default)
                                  xoauth2-b64: the same in base64
                                  token: the access token alone
                                  oauthbearer: the SASL string of RFC 7628
                                  oauthbearer-b64: the same in base64
            --no_newline          print no newline after it
            --test-smtp HOST[:PORT]
                                  log in to this SMTP server and show the dialogue
            --test-imap HOST[:PORT]
                                  log in to this IMAP server and show the dialogue

          Any option may be abbreviated, and written with - or _ inside.
          Exit status: 0 success, 2 usage, 69 no daemon, 74 cannot print, 75 try again later,
          77 sign-in needed or no permission, 78 not configured.
          """;

  private Usage() {}
}
