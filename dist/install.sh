# shellcheck shell=sh
# Sourced: install_peers installs the programs that the tests meet, install_packagers those that packages
# are made and tried with, from Debian's packages, where apt and the rights are there; otherwise they say
# in one line what is missing.

# A file that proves it, and its package.
peers='
/usr/bin/git git
/usr/bin/python3 python3
/usr/bin/musl-gcc musl-tools
/usr/bin/time time
/usr/bin/mandoc mandoc
/usr/bin/setfacl acl
/usr/bin/shellcheck shellcheck
/usr/bin/msmtp msmtp
/usr/lib/git-core/git-send-email git-email
/usr/share/perl5/Mail/Address.pm libmailtools-perl
/usr/share/perl5/Authen/SASL.pm libauthen-sasl-perl
/usr/share/perl5/IO/Socket/SSL.pm libio-socket-ssl-perl
/usr/sbin/exim4 exim4-daemon-light
/usr/lib/dovecot/imap dovecot-imapd
/usr/lib/dovecot/pop3 dovecot-pop3d
/usr/lib/dovecot/submission dovecot-submissiond
/usr/bin/mutt mutt
/usr/bin/neomutt neomutt
/usr/bin/mbsync isync
/usr/share/doc/libsasl2-modules-kdexoauth2 libsasl2-modules-kdexoauth2
/usr/bin/offlineimap offlineimap3
/usr/bin/getmail getmail6
/usr/bin/aerc aerc
/usr/bin/s-nail s-nail
/usr/bin/mpop mpop
/usr/bin/curl curl
/usr/bin/chromium chromium
/usr/bin/chromedriver chromium-driver
/usr/bin/w3m w3m
/usr/bin/emacs emacs-nox
/usr/bin/gnome-keyring-daemon gnome-keyring
/usr/bin/dbus-run-session dbus-daemon
/usr/lib/python3/dist-packages/dbus python3-dbus
/usr/lib/python3/dist-packages/gi python3-gi
/usr/bin/ip iproute2
/usr/bin/systemd-analyze systemd
/usr/bin/dbus-daemon dbus-daemon
/usr/lib/python3/dist-packages/dbus python3-dbus
/usr/lib/python3/dist-packages/prometheus_client python3-prometheus-client
/usr/lib/python3/dist-packages/gi python3-gi
/usr/bin/zsh zsh
/usr/bin/fish fish
/etc/ssl/certs/ca-certificates.crt ca-certificates
'
postfix=.build/peers/postfix

# The same for what ./check package needs.
packagers='
/usr/bin/musl-gcc musl-tools
/usr/bin/strip binutils
/usr/bin/git git
/usr/sbin/debootstrap debootstrap
/usr/bin/lintian lintian
/usr/bin/desktop-file-validate desktop-file-utils
/usr/bin/strace strace
/usr/bin/systemd-analyze systemd
/usr/bin/systemd-nspawn systemd-container
'

missing() {
  echo "$1" | while read -r proof package; do
    [ -z "$proof" ] || [ -e "$proof" ] || printf '%s ' "$package"
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi
}

# The tests start servers of their own; the distribution's must not start on this machine.
without_starting() {
  policy=/usr/sbin/policy-rc.d
  if [ -e $policy ]; then
    "$@"
    return
  fi
  (
    trap 'as_root rm -f $policy' EXIT
    trap 'exit 130' HUP INT TERM
    printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null && as_root chmod 755 $policy
    "$@"
  )
}

# Never in the place of something else: an installed postfix stays, and exim's tests are left out.
apt_install() {
  as_root apt-get update -qq &&
    as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -qq -y --no-install-recommends --no-remove "$@" >/dev/null
}

# Postfix conflicts with exim, so it is unpacked beside the system, and nothing of it is installed.
unpack_postfix() {
  [ ! -d "$postfix" ] && command -v apt-get >/dev/null || return 0
  mkdir -p "${postfix%/*}" && new=$(mktemp -d "$postfix.XXXXXX") || return
  if (cd "$new" && apt-get -qq download postfix && dpkg -x postfix_*.deb . && rm postfix_*.deb) >/dev/null 2>&1; then
    mv "$new" "$postfix"
  else
    rm -rf "$new"
  fi
}

install_peers() {
  install_all "$peers" || return
  unpack_postfix
  [ -d "$postfix" ] || left_out postfix
}

install_packagers() { install_all "$packagers"; }

install_all() {
  wanted=$(missing "$1")
  [ -n "$wanted" ] || return 0
  if command -v apt-get >/dev/null && as_root true 2>/dev/null; then
    echo "installing $wanted"
    # shellcheck disable=SC2086 # a list
    without_starting apt_install $wanted || echo "apt-get failed" >&2
  fi
  wanted=$(missing "$1")
  [ -z "$wanted" ] || left_out "$wanted"
}

# In CI that is a failure.
left_out() {
  echo "not installed, so what needs them is left out: $1" >&2
  [ "${CI:-}" != true ]
}
