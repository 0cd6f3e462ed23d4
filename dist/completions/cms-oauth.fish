# fish completion for cms-oauth(1)
complete -c cms-oauth -f
complete -c cms-oauth -s h -l help -d 'Say how to use it'
complete -c cms-oauth -l version -d 'Print the version'
complete -c cms-oauth -l proto -x -a 'SMTP IMAP' -d 'What the token is to be used for'
complete -c cms-oauth -l user -x -d 'The account'
complete -c cms-oauth -l cms_sock -r -F -d 'The credential socket'
complete -c cms-oauth -l output -x -a 'xoauth2 xoauth2-b64 token oauthbearer oauthbearer-b64' -d 'The form of the token'
complete -c cms-oauth -l no_newline -d 'Print no newline after it'
complete -c cms-oauth -l test-smtp -x -a '(__fish_print_hostnames)' -d 'Log in to this SMTP server'
complete -c cms-oauth -l test-imap -x -a '(__fish_print_hostnames)' -d 'Log in to this IMAP server'
