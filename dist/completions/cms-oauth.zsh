#compdef cms-oauth
_arguments \
  '(- *)'{-h,--help}'[say how to use it]' \
  '(- *)--version[print the version]' \
  '--proto=[what the token is to be used for]:protocol:(SMTP IMAP)' \
  '--user=[the account]:address:' \
  '--cms_sock=[the credential socket]:socket:_files' \
  '--output=[the form of the token]:form:(xoauth2 xoauth2-b64 token oauthbearer oauthbearer-b64)' \
  '--no_newline[print no newline after it]' \
  '(--test-imap)--test-smtp=[log in to this SMTP server]:server:_hosts' \
  '(--test-smtp)--test-imap=[log in to this IMAP server]:server:_hosts'
