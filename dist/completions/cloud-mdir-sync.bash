# shellcheck shell=bash disable=SC2034,SC2207
# bash completion for cloud-mdir-sync(1)
_cloud_mdir_sync() {
  local word=${COMP_WORDS[COMP_CWORD]} option=${COMP_WORDS[COMP_CWORD - 1]} each config='-c --config'
  local own="status login logout refresh reload events log-level metrics check doctor import export demo simulator $config --offline"
  [[ $word != = ]] || word=
  [[ $option != = ]] || option=${COMP_WORDS[COMP_CWORD - 2]}
  for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $each in
      doctor) own="$config --as --smtp --imap --json --bundle" ;;
      status) own="$config --json" ;;
      login) own="$config --browser --paste --device" ;;
      log-level) own="$config debug info warning error" ;;
      logout | refresh | reload | events | metrics | check) own=$config ;;
      import) own="$config --from" ;;
      export) own="$config --yes" ;;
      demo) own=--keep ;;
      simulator) own=--port ;;
    esac
  done
  case $option in
    --as) COMPREPLY=($(compgen -u -- "$word")) ;;
    -c | --config | --bundle | --from) compopt -o filenames 2>/dev/null && COMPREPLY=($(compgen -f -- "$word")) ;;
    --port | --smtp | --imap) COMPREPLY=() ;;
    *) COMPREPLY=($(compgen -W "$own -h --help -V --version" -- "$word")) ;;
  esac
}
complete -F _cloud_mdir_sync cloud-mdir-sync
