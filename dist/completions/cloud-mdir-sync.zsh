#compdef cloud-mdir-sync
local curcontext=$curcontext state line
local -a common=('(- *)'{-h,--help}'[say how to use it]' '(- *)'{-V,--version}'[print the version]')
local -a config=('(-c --config)'{-c,--config=}'[the configuration]:file:_files')
local -a commands=(
  'status:say how the accounts stand' 'login:sign in' 'logout:sign out' 'refresh:get a new token now'
  'reload:read the configuration again' 'events:print what happens' 'log-level:say or change how much is logged'
  'metrics:print the counters' 'check:print what the configuration means' 'doctor:say where the way of a token breaks'
  'import:store the refresh token of another program' 'export:print a refresh token' 'demo:show the whole way on this machine'
  'simulator:run the pretend provider alone'
)
_arguments -C $common $config \
  '--offline[accepted for the sake of old start scripts]' \
  '1:command:->command' \
  '*::argument:->arguments'
case $state in
  command) _describe command commands ;;
  arguments)
    case $line[1] in
      status) _arguments $common $config '--json[one line of JSON]' ;;
      login)
        _arguments $common $config '(--paste --device)--browser[in a browser here, or through ssh]' \
          '(--browser --device)--paste[in a browser anywhere; paste where it ended]' \
          '(--browser --paste)--device[in a browser anywhere; type a code]' ':user:'
        ;;
      logout | refresh) _arguments $common $config ':user:' ;;
      log-level) _arguments $common $config ':level:(debug info warning error)' ;;
      reload | events | metrics | check) _arguments $common $config ;;
      doctor)
        _arguments $common $config '--as=[whether this user could connect]:user:_users' \
          '--smtp=[a submission server]:host\:port:' '--imap=[an IMAP server]:host\:port:' \
          '--json[the findings as JSON]' '--bundle=-[write a report that may be published]::file:_files' '1:account:'
        ;;
      import) _arguments $common $config '--from=[where the token is]:file:_files' ':user:' ;;
      export) _arguments $common $config '--yes[do not ask]' ':user:' ;;
      demo) _arguments $common '--keep[leave it running]' ;;
      simulator) _arguments $common '*--port=[a fixed port for a service]:service=port:' ;;
    esac
    ;;
esac
