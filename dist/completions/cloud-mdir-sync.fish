# fish completion for cloud-mdir-sync(1)
set -l commands check doctor demo simulator
set -l none "not __fish_seen_subcommand_from $commands"
complete -c cloud-mdir-sync -f
complete -c cloud-mdir-sync -n $none -a check -d 'Print what the configuration means'
complete -c cloud-mdir-sync -n $none -a doctor -d 'Say where the way of a token breaks, and what to do'
complete -c cloud-mdir-sync -n $none -a demo -d 'Show the whole way on this machine'
complete -c cloud-mdir-sync -n $none -a simulator -d 'Run the pretend provider alone'
complete -c cloud-mdir-sync -n $none -l offline -d 'Accepted for the sake of old start scripts'
complete -c cloud-mdir-sync -n "$none; or __fish_seen_subcommand_from check doctor" -s c -l config -r -F -d 'The configuration'
complete -c cloud-mdir-sync -n '__fish_seen_subcommand_from doctor' -l as -x -a '(__fish_complete_users)' -d 'Whether this user could connect'
complete -c cloud-mdir-sync -n '__fish_seen_subcommand_from doctor' -l smtp -x -d 'A submission server, HOST:PORT'
complete -c cloud-mdir-sync -n '__fish_seen_subcommand_from doctor' -l imap -x -d 'An IMAP server, HOST:PORT'
complete -c cloud-mdir-sync -n '__fish_seen_subcommand_from doctor' -l json -d 'The findings as JSON'
complete -c cloud-mdir-sync -n '__fish_seen_subcommand_from doctor' -l bundle -d 'Write a report that may be published'
complete -c cloud-mdir-sync -n '__fish_seen_subcommand_from demo' -l keep -d 'Leave it running'
complete -c cloud-mdir-sync -n '__fish_seen_subcommand_from simulator' -l port -x -d 'A fixed port, SERVICE=PORT'
complete -c cloud-mdir-sync -s h -l help -d 'Say how to use it'
complete -c cloud-mdir-sync -s V -l version -d 'Print the version'
