# shellcheck shell=bash disable=SC2034,SC2207
# bash completion for cms-oauth(1)
_cms_oauth() {
  local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]}
  # "=" is a word of its own.
  [[ $word != = ]] || word=
  [[ $option != = ]] || option=${COMP_WORDS[COMP_CWORD - 2]}
  case $option in
    --proto) COMPREPLY=($(compgen -W 'SMTP IMAP' -- "$word")) ;;
    --output) COMPREPLY=($(compgen -W 'xoauth2 xoauth2-b64 token oauthbearer oauthbearer-b64' -- "$word")) ;;
    --cms_sock) compopt -o filenames 2>/dev/null && COMPREPLY=($(compgen -f -- "$word")) ;;
    --test-smtp | --test-imap) COMPREPLY=($(compgen -A hostname -- "$word")) ;;
    --user) COMPREPLY=() ;;
    *)
      COMPREPLY=($(compgen -W '-h --help --version --proto --user --cms_sock --output --no_newline
        --test-smtp --test-imap' -- "$word"))
      ;;
  esac
}
complete -F _cms_oauth cms-oauth
