# shellcheck shell=sh
# shellcheck disable=SC2154,SC3013 # root and name are set there; -nt is POSIX since 2024, and in every sh
# Sourced by the launchers in the directory above, which set $root and $name: builds the programs if
# they are missing or older than their sources, then becomes one of them.

program=$root/dist/target/cms/bin/$name
stamp=$root/.build/built # as old as the start of the last build

# The checkout stands where it stood when it was built: shell builtins alone, no process, because
# mail programs start cms-oauth for every message.
unmoved() {
  git=$root/.git
  [ ! -f "$git" ] || read -r _ git <"$git"
  [ -x "$program" ] && [ -e "$stamp" ] && [ ! "$git/logs/HEAD" -nt "$stamp" ]
}

# No source was edited either: 4 ms, which a daemon's start can spare.
unedited() {
  [ "$name" != cloud-mdir-sync ] || [ -z "$("$root/dist/edited.sh")" ]
}

if ! unmoved || ! unedited; then
  if [ -w "$root" ]; then
    "$root/dist/build.sh" "$name" || exit
  elif [ -x "$program" ]; then
    echo "$name: older than its sources; the owner of $root should run ./check build" >&2
  else
    echo "$name: not built yet; the owner of $root should run ./check build" >&2
    exit 69
  fi
fi
exec "$program" "$@"
