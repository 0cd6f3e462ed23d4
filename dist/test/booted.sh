#!/bin/sh
# Boots the Debian that packages.sh made in ROOT, and has its systemd run started.sh: booted.sh ROOT. Needs root,
# systemd-nspawn and a kernel that mounts control groups; not that systemd runs this machine.
set -eu
root=$1

left_out() { echo "booted: $*: the units are not started" >&2; }

# In CI that is a failure: it can be installed.
command -v systemd-nspawn >/dev/null || { left_out "no systemd-nspawn"; [ "${CI:-}" != true ]; exit; }
# Our mounts end with us. With a /run of its own systemd-nspawn asks no service of this machine, nor leaves anything
# there; and a new systemd boots with no older control groups than cgroup2.
if [ "${2:-}" != apart ]; then
  exec unshare --mount --propagation private sh "$0" "$root" apart
fi
umount --recursive --lazy /sys/fs/cgroup 2>/dev/null || :
mount -t tmpfs tmpfs /run
group=/sys/fs/cgroup/cms-booted.$$
{ mount -t cgroup2 cgroup2 /sys/fs/cgroup && mkdir $group; } || { left_out "this machine mounts no control groups"; exit 0; }

clean_up() {
  { echo 1 >$group/cgroup.kill; } 2>/dev/null || :
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    find $group -depth -type d -exec rmdir {} + 2>/dev/null
    [ -e $group ] || return 0
    sleep 0.5
  done
  echo "booted: $group stays behind" >&2
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

cp "${0%/*}/started.sh" "$root/root"
cat >"$root/etc/systemd/system/started.service" <<UNIT
[Unit]
After=multi-user.target
SuccessAction=exit
FailureAction=exit
[Service]
Type=oneshot
ExecStart=sh -eu /root/started.sh
StandardOutput=append:/root/said
StandardError=append:/root/said
TimeoutStartSec=300
Environment=CI=${CI:-}
UNIT
mkdir -p "$root/etc/systemd/system/default.target.wants"
ln -s ../started.service "$root/etc/systemd/system/default.target.wants"
: >"$root/root/said"

# The machine ends with the status of started.sh, and systemd-nspawn with that of the machine.
result=0
sh -euc 'echo 0 >"$0/cgroup.procs"; exec "$@"' $group \
  timeout --kill-after=20 330 systemd-nspawn --quiet --register=no --keep-unit --settings=no --private-network \
  --resolv-conf=off --timezone=off --link-journal=no --machine=cms-booted --console=pipe --boot --directory="$root" \
  </dev/null >"$root/root/console" 2>&1 || result=$?
if [ $result != 0 ] || ! grep '^started: Debian' "$root/root/said"; then
  cat "$root/root/console" "$root/root/said" >&2
  echo "booted: ended with $result" >&2
  exit 1
fi
