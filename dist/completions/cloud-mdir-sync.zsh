#compdef cloud-mdir-sync
local curcontext=$curcontext state line
local -a common=('(- *)'{-h,--help}'[say how to use it]' '(- *)'{-V,--version}'[print the version]')
local -a config=('(-c --config)'{-c,--config=}'[the configuration]:file:_files')
_arguments -C $common $config \
  '--offline[accepted for the sake of old start scripts]' \
  '1:command:((check\:"print what the configuration means" doctor\:"say where the way of a token breaks" demo\:"show the whole way on this machine" simulator\:"run the pretend provider alone"))' \
  '*::argument:->arguments'
[[ $state == arguments ]] || return
case $line[1] in
  check) _arguments $common $config ;;
  doctor)
    _arguments $common $config '--as=[whether this user could connect]:user:_users' \
      '--smtp=[a submission server]:host\:port:' '--imap=[an IMAP server]:host\:port:' \
      '--json[the findings as JSON]' '--bundle=-[write a report that may be published]::file:_files' '1:account:'
    ;;
  demo) _arguments $common '--keep[leave it running]' ;;
  simulator) _arguments $common '*--port=[a fixed port for a service]:service=port:' ;;
esac
