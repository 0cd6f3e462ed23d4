#!/bin/sh
# Has systemd judge the units.
set -eu
cd "${0%/*}/../systemd"
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
template=cloud-mdir-sync@.service
exposure=20 # tenths; 15 is left by the network and by the memory that the JVM compiles into
# The rest needs a user namespace, in which allow= cannot tell exim from others (DESIGN.md), and which not
# every system lets a user have. Who wants it copies hardened.conf.
user_exposure=65
hardened_exposure=25

# It looks for the program, which is not installed here.
for unit in *.service; do
  sed 's,^\(Exec[a-zA-Z]*=\)cloud-mdir-sync,\1/bin/true,' "$unit" >"$home/$unit"
done
cp "$home/$template" "$home/cloud-mdir-sync@root.service"
cp cloud-mdir-sync@.socket "$home/cloud-mdir-sync@root.socket"

# It warns and succeeds: every word of it is a failure here.
judge() {
  said=$(systemd-analyze verify --man=no "$@" 2>&1) || said="systemd-analyze fails: $said"
  [ -z "$said" ] || {
    echo "units: $said" >&2
    exit 1
  }
}

judge "$home/cloud-mdir-sync@root.service"
# The socket, with the drop-in for the service that its head shows.
sed -n 's/^#   //p' cloud-mdir-sync@.socket >>"$home/cloud-mdir-sync@root.service"
grep -q '^StandardInput=socket$' "$home/cloud-mdir-sync@root.service" || { echo "units: the socket shows no drop-in" >&2; exit 1; }
judge "$home/cloud-mdir-sync@root.service" "$home/cloud-mdir-sync@root.socket"
XDG_RUNTIME_DIR=$home judge --user "$home/cloud-mdir-sync.service"
if grep -l '^MemoryDenyWriteExecute=' -- *.service >&2; then
  echo "units: a JVM that may not make executable memory does not start" >&2
  exit 1
fi

# confined THRESHOLD OPTION… UNIT
confined() {
  threshold=$1
  shift
  XDG_RUNTIME_DIR=$home systemd-analyze security --offline=true --threshold="$threshold" --no-pager "$@" >"$home/security" || {
    cat "$home/security" >&2
    exit 1
  }
  echo "units: $(sed -n 's/^→ //p' "$home/security")"
}
confined $exposure "$home/$template"
confined $user_exposure --user "$home/cloud-mdir-sync.service"
cat hardened.conf >>"$home/cloud-mdir-sync.service"
XDG_RUNTIME_DIR=$home judge --user "$home/cloud-mdir-sync.service"
confined $hardened_exposure --user "$home/cloud-mdir-sync.service"
