# shellcheck shell=sh
# Sourced: maven ARGUMENTS… runs the installed Maven, else the wrapper's, with what every build of ours tells it.

commit() {
  git rev-parse --short=12 HEAD 2>/dev/null || echo unknown
}

changes() {
  [ -z "$(git status --porcelain 2>/dev/null)" ] || echo +changes
}

maven() {
  if command -v mvn >/dev/null; then set -- mvn "$@"; else set -- ./mvnw "$@"; fi
  "$@" -B -ntp -Dstyle.color=never -Dcms.commit="$(commit)$(changes)"
}
