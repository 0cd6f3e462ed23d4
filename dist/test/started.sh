# shellcheck shell=sh
# Run by the systemd of a Debian that booted.sh boots: starts the units, uses them, and has things go wrong.
# Before that, as started.sh install, in the same Debian not yet booted: installs what it takes.
export LC_ALL=C.UTF-8 PATH=/usr/bin:/usr/sbin:/bin:/sbin
unset NOTIFY_SOCKET
home=/home/alice
unit='cloud-mdir-sync'
user=ann@example.com
dropins=$home/.config/systemd/user/$unit.service.d

fail() {
  journalctl --no-pager --lines=60
  echo "started: $*"
  exit 1
}

install_all() {
  find /usr/local -mindepth 1 -delete # the tarball's programs and units come before the package's
  DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends systemd systemd-sysv dbus \
    libpam-systemd dbus-user-session curl /tmp/cloud-mdir-sync_*.deb >/tmp/log 2>&1 || { cat /tmp/log; exit 1; }
}

# as USER COMMAND…
as() {
  name=$1
  shift
  setpriv --reuid="$name" --regid="$name" --init-groups env -i PATH=$PATH HOME="/home/$name" USER="$name" LC_ALL=$LC_ALL \
    XDG_RUNTIME_DIR="/run/user/$(id -u "$name")" "$@"
}
alices() { as alice systemctl --user "$@"; }
of_unit() { alices show --value -p "$1" $unit; }
state() { echo "$(of_unit ActiveState) $(of_unit Result) $(of_unit ExecMainStatus) $(of_unit NRestarts)"; }

alices_journal() { as alice journalctl --user --no-pager -u $unit; }

# until_is WANTED COMMAND…: within twenty seconds
until_is() {
  wanted=$1
  shift
  for _ in $(seq 100); do
    said=$("$@" 2>&1) || :
    # shellcheck disable=SC2254 # a pattern
    case $said in $wanted) return ;; esac
    sleep 0.2
  done
  fail "$* does not say '$wanted' but: $said"
}

# token USER SOCKET: what it gets
token() { as "$1" cms-oauth --user=$user --cms_sock="$2" --output=token; }
sign_in() { until_is '*<h1>Signed in*' as "$1" curl -sSL "http://127.0.0.1:8080/sign-in?user=$user"; }

# A provider that approves at once, and two users beside alice.
prepare() {
  for name in alice eve Debian-exim mta; do id "$name" >/dev/null 2>&1 || useradd -m "$name"; done
  rm -rf $home/.local # of installed.sh
  chmod 711 $home
  # systemd-nspawn's own, which systemd's ProtectKernelLogs= stumbles over: a file that is there and deleted.
  umount /proc/kmsg || :
  printf '#!/bin/sh\nprintf "%%s " "$@" >%s/opened\ngrep NoNewPrivs /proc/self/status >>%s/opened\n' $home $home >/usr/bin/xdg-open
  chmod 755 /usr/bin/xdg-open
  systemd-run --quiet --unit=simulator --uid=alice cloud-mdir-sync simulator --port http=7000 --port admin=7001
  until_is '*"auto-approve":true*' curl -sS -d '{"auto-approve":true}' http://127.0.0.1:7001/switches
  loginctl enable-linger alice
  until_is running alices is-system-running
}

# account FILE LINE…
account() {
  file=$1
  shift
  mkdir -p "${file%/*}"
  cloud=http://localhost:7000
  echo "work = Office365_Account(user='$user', client_id='x', authority='$cloud', graph='$cloud')" >"$file"
  printf '%s\n' "$@" >>"$file"
}
mine='CredentialServer("/run/user/1000/cms.sock", accounts=[work])'
for_eve='CredentialServer("/home/alice/eve.sock", accounts=[work], allow=["eve"])'
# shellcheck disable=SC2016 # for the shell that runs it
on_event='cfg.on_event = "echo ${NOTIFY_SOCKET-alone} >>~/events"'
for_nobody='CredentialServer("/run/user/1000/nobody.sock", accounts=[work], allow=["nobody"])'
cfg=$home/.config/$unit/cms.cfg

# dropin NAME LINE…
dropin() {
  mkdir -p $dropins
  file=$dropins/$1.conf
  shift
  printf '%s\n' '[Service]' "$@" >"$file"
  chown -R alice: $home/.config
  alices daemon-reload
}

starts_and_serves() {
  account $cfg "$mine" "$for_eve" "$on_event"
  chown -R alice: $home/.config
  alices enable --quiet --now $unit || fail "the user unit does not start"
  until_is '0 of 1 accounts ready*sign in needed' of_unit StatusText
  until_is "http*NoNewPrivs:?0" cat $home/opened
  sign_in alice
  until_is '1 of 1 accounts ready' of_unit StatusText
  until_is 'alone*' cat $home/events
  alices_journal | grep 'reception only permitted' && fail "what the daemon starts speaks to systemd in its name"
  until_is 'ey*' token alice /run/user/1000/cms.sock
  until_is 'ey*' token eve $home/eve.sock
  until_is '*last asked by eve *: token' as alice cloud-mdir-sync status -c $cfg
  until_is '*not among those in allow=*' token mta $home/eve.sock
  until_is 'alice 600' stat -c '%U %a' $home/.local/state/$unit/key
}

reloads() {
  account $cfg "$mine" "$for_eve" 'CredentialServer("/home/alice/more.sock", accounts=[work])'
  alices reload $unit || fail "reload ended with $?"
  until_is 'ey*' token alice $home/more.sock
  echo 'Office365_Acount()' >>$cfg
  alices reload $unit 2>/dev/null && fail "a wrong file is reloaded"
  until_is active alices is-active $unit
  until_is 'ey*' token alice $home/more.sock
  alices_journal | grep -q 'cms.cfg:5:1: ' || fail "the journal does not say where the error is"
}

is_started_again() {
  account $cfg "$mine"
  dropin soon RestartSec=0 WatchdogSec=3
  alices restart $unit
  pings=$(of_unit WatchdogTimestampMonotonic)
  sleep 5
  [ "$(of_unit WatchdogTimestampMonotonic)" != "$pings" ] || fail "the watchdog hears nothing"
  until_is 0 of_unit NRestarts
  alices kill --kill-whom=main -s KILL $unit
  until_is 1 of_unit NRestarts
  until_is 'ey*' token alice /run/user/1000/cms.sock
  until_is active of_unit ActiveState # it serves a moment before it says so, and is watched from then on
  alices kill --kill-whom=main -s STOP $unit
  until_is 2 of_unit NRestarts
  until_is 'ey*' token alice /run/user/1000/cms.sock
  echo 'Office365_Acount()' >>$cfg
  alices restart $unit 2>/dev/null && fail "starts with a wrong file"
  until_is 'failed exit-code 78 0' state
}

stops() {
  account $cfg "$mine"
  alices start $unit
  until_is 'ey*' token alice /run/user/1000/cms.sock
  alices stop $unit
  until_is 'inactive success *' state
  [ ! -e /run/user/1000/cms.sock ] || fail "the socket is still there"
}

# From nothing, as somebody's first start.
is_hardened() {
  if ! as alice unshare --user --mount true; then
    echo "started: users may make no namespaces here, so hardened.conf is not tried (kernel.apparmor_restrict_unprivileged_userns?)"
    [ "$CI" != true ] || fail "in CI it has to be"
    return 0
  fi
  rm -rf $home/.local
  account $cfg "$mine" "$for_nobody"
  mkdir -p $dropins
  cp /usr/share/doc/$unit/hardened.conf $dropins
  alices daemon-reload
  alices start $unit || fail "does not start with hardened.conf"
  sign_in alice
  until_is 'ey*' token alice /run/user/1000/cms.sock
  until_is 'alice 600' stat -c '%U %a' $home/.local/state/$unit/key
  until_is '* 1000 * 1000 * 1' cat "/proc/$(of_unit MainPID)/uid_map"
  until_is '*Read-only file system*' touch "/proc/$(of_unit MainPID)/root$home/.profile"
  # All others look like nobody there, and so would be let in.
  chmod 711 /run/user/1000
  until_is '*cannot tell who asks*' token mta /run/user/1000/nobody.sock
  alices restart $unit
  until_is '1 of 1 accounts ready' of_unit StatusText
  alices stop $unit
}

serves_the_mail_host() {
  sock=/run/$unit/cms.sock
  account /etc/$unit/mta.cfg "CredentialServer('$sock', accounts=[work], allow=['Debian-exim'])" "cfg.state_dir = '/var/lib/$unit/mta'"
  systemctl enable --quiet --now $unit@mta || fail "the system unit does not start"
  until_is '0 of 1 accounts ready*' systemctl show --value -p StatusText $unit@mta
  sign_in mta
  until_is 'ey*' token Debian-exim $sock
  until_is '*no permission to use*' token eve $sock
  until_is 'mta Debian-exim 750' stat -c '%U %G %a' /run/$unit
  until_is 'mta 600' stat -c '%U %a' /var/lib/$unit/mta/key
  as mta cloud-mdir-sync export $user --yes -c /etc/$unit/mta.cfg >/dev/null || fail "run by hand, export finds no sign-in"
  until_is '*belongs to mta*' cloud-mdir-sync export $user --yes -c /etc/$unit/mta.cfg
  systemctl reload $unit@mta || fail "the system unit does not reload"
  systemctl restart $unit@mta
  until_is 'ey*' token Debian-exim $sock
}

# The key of the stored tokens moves from its file into a credential that this machine encrypts.
takes_a_credential() {
  mkdir -p /etc/credstore.encrypted /etc/systemd/system/$unit@mta.service.d
  chmod 700 /etc/credstore.encrypted
  head -c 32 /dev/urandom | systemd-creds encrypt --name=$unit - /etc/credstore.encrypted/$unit 2>/dev/null
  printf '[Service]\nLoadCredentialEncrypted=%s\n' $unit >/etc/systemd/system/$unit@mta.service.d/key.conf
  echo 'SecretStore("systemd-credential")' >>/etc/$unit/mta.cfg
  systemctl daemon-reload
  systemctl restart $unit@mta || fail "does not start with a credential"
  until_is 'ey*' token Debian-exim $sock
  until_is 'cms-key 1*' head -c 9 /var/lib/$unit/mta/key
}

# systemd's socket starts the daemon, and what asks while it restarts only waits.
is_started_by_mail() {
  sock=/run/$unit-mta/cms.sock
  systemctl stop $unit@mta
  sed -i "s,/run/$unit/,/run/$unit-mta/," /etc/$unit/mta.cfg
  sed -n 's/^#   //p' /usr/lib/systemd/system/$unit@.socket >/etc/systemd/system/$unit@mta.service.d/socket.conf
  systemctl daemon-reload
  systemctl start $unit@mta.socket
  until_is inactive systemctl is-active $unit@mta
  until_is 'ey*' token Debian-exim $sock
  until_is active systemctl is-active $unit@mta
  systemctl stop $unit@mta 2>/dev/null
  until_is 'ey*' token Debian-exim $sock
}

if [ "${1:-}" = install ]; then
  install_all
  exit
fi
prepare
starts_and_serves
reloads
is_started_again
stops
is_hardened
serves_the_mail_host
takes_a_credential
is_started_by_mail
echo "started: Debian $(cat /etc/debian_version), $(systemctl --version | head -n 1): all units do what they promise"
