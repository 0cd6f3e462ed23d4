#!/bin/sh
# Runs the packaged daemon through a demo and holds every system call against the filter of its units:
# syscalls.sh DIRECTORY, where the packages are. systemd itself does not run here, but knows its sets.
set -eu
export LC_ALL=C
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
tar -xzf "$1"/cloud-mdir-sync-*.tar.gz -C "$home" --strip-components=1

# sets NAME…: their system calls, one a line; a set may hold others.
sets() {
  for set; do
    systemd-analyze syscall-filter "$set" | sed -n 's/^ *\([@a-z0-9_-]*\) *$/\1/p' | grep -vx "$set" | while read -r name; do
      case $name in @*) sets "$name" ;; *) echo "$name" ;; esac
    done
  done
}

# filter UNIT: what its SystemCallFilter= lines allow; the last word counts.
filter() {
  sed -n 's/^SystemCallFilter=//p' "$1" >"$home/lines"
  : >"$home/allowed"
  while read -r line; do
    # shellcheck disable=SC2086 # a list
    sets ${line#\~} | sort -u >"$home/named"
    case $line in
      \~*) comm -23 "$home/allowed" "$home/named" ;;
      *) sort -u "$home/allowed" "$home/named" ;;
    esac >"$home/next"
    mv "$home/next" "$home/allowed"
  done <"$home/lines"
  [ -s "$home/allowed" ] || { echo "syscalls: $1 filters nothing" >&2; exit 1; }
}

strace -f -qq -o "$home/trace" env HOME="$home" BROWSER=true "$home/bin/cloud-mdir-sync" demo >"$home/log" 2>&1 || {
  cat "$home/log" >&2
  exit 1
}
grep -q 'Authentication successful' "$home/log" || { cat "$home/log" >&2; exit 1; }
sed -n 's/^[0-9]* *\([a-z0-9_]*\)(.*/\1/p' "$home/trace" | sort -u >"$home/called"
for unit in "${0%/*}"/../systemd/*.service; do
  filter "$unit"
  refused=$(comm -23 "$home/called" "$home/allowed")
  [ -z "$refused" ] || { echo "syscalls: ${unit##*/} refuses" "$refused" >&2; exit 1; }
done
echo "syscalls: $(wc -l <"$home/called") different ones, all let through by the units"
