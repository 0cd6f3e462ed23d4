#!/bin/sh
# Mail by curl with OAuth tokens from cloud-mdir-sync; docs/others.md explains it.
#   curl-mail.sh read              prints the first message of the inbox
#   curl-mail.sh send TO <FILE     sends a message
# Replace 1000 by your uid (id -u), the address and the hosts.
set -eu
user=user@domain.com

# Hands the token over on standard input: an argument could be read by anybody.
with_token() {
  token=$(cms-oauth --user="$user" --cms_sock=/run/user/1000/cms.sock --proto="$1" --output=token)
  shift
  printf 'oauth2-bearer = "%s"\n' "$token" |
    curl --config - --silent --show-error --ssl-reqd --user "$user:" --login-options AUTH=XOAUTH2 "$@"
}

case ${1-} in
  read) with_token IMAP --url 'imaps://outlook.office365.com:993/INBOX;MAILINDEX=1' ;;
  send)
    mail=$(mktemp)
    trap 'rm -f "$mail"' EXIT
    cat >"$mail"
    with_token SMTP --url smtp://smtp.office365.com:587 --mail-from "$user" --mail-rcpt "$2" --upload-file "$mail" --crlf
    ;;
  *) sed -n '3,4s/^# *//p' "$0" >&2 && exit 64 ;;
esac
