#!/bin/sh
# Makes the packages a second time, elsewhere and under other circumstances, and compares every byte:
# reproducible.sh DIRECTORY, where the first ones are.
set -eu
first=$(cd "$1" && pwd)
cd "${0%/*}/../.."
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir "$home/a-longer-path"

(
  umask 077
  env TMPDIR="$home/a-longer-path" TZ=Pacific/Chatham LC_ALL=C.UTF-8 HOSTNAME=elsewhere \
    sh dist/package-clean.sh "$home/second" >"$home/log" 2>&1
) || {
  cat "$home/log" >&2
  exit 1
}
packages=0
for package in "$first"/cloud-mdir-sync*; do
  cmp "$package" "$home/second/${package##*/}" || {
    echo "reproducible: the second ${package##*/} differs; it is kept in $home" >&2
    trap - EXIT
    exit 1
  }
  packages=$((packages + 1))
done
[ $packages -ge 2 ] || { echo "reproducible: only $packages packages in $first" >&2; exit 1; }
echo "reproducible: $packages packages made twice, the same bytes"
