#!/bin/sh
# Tries the launchers in a checkout of their own, with a stand-in for Maven that counts its builds.
set -eu
sources=$(cd "${0%/*}/../.." && pwd)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
checkout="$home/a checkout"
mkdir -p "$checkout/dist" "$checkout/cms/src/main" "$home/bin" "$home/elsewhere"
cp "$sources"/cloud-mdir-sync "$sources"/cms-oauth "$sources"/git-credential-cms "$checkout"
cp "$sources"/dist/*.sh "$checkout/dist"
: >"$checkout/pom.xml"
: >"$checkout/cms/pom.xml"
cat >"$home/bin/mvn" <<'STANDIN'
#!/bin/sh
echo built >>"$COUNT"
sleep 1
[ ! -e "$BREAK" ] || { echo "[ERROR] no such class"; exit 1; }
mkdir -p dist/target/cms/bin
for program in cloud-mdir-sync cms-oauth git-credential-cms; do
  printf '#!/bin/sh\nprintf "%%s\\n" "${0##*/}" "$@"\n' >dist/target/cms/bin/$program
  chmod 755 dist/target/cms/bin/$program
done
STANDIN
chmod 755 "$home/bin/mvn"
export COUNT="$home/count" BREAK="$home/break" PATH="$home/bin:$PATH"
tests=0

fail() {
  echo "launchers: $*" >&2
  exit 1
}

builds_are() {
  [ "$(wc -l <"$COUNT")" -eq "$1" ] || fail "$(wc -l <"$COUNT") builds instead of $1: $2"
  tests=$((tests + 1))
}

says() {
  grep -q "$1" "$home/err" || fail "does not say '$1' but '$(cat "$home/err")'"
  tests=$((tests + 1))
}

# Stands for an edit: newer than the stamp, however coarse the file system's clock.
edit() {
  touch -d '+2 seconds' "$1"
}

cd "$home/elsewhere"

"$checkout/cms-oauth" one 2>"$home/err" >"$home/out1" &
"$checkout/cms-oauth" 'two words' '*' 2>/dev/null >"$home/out2" || fail "the second of two first starts"
wait
builds_are 1 "two first starts at the same time"
[ "$(cat "$home/out2")" = "$(printf 'cms-oauth\ntwo words\n*')" ] || fail "arguments: $(cat "$home/out2")"
[ "$(cat "$home/out1")" = "$(printf 'cms-oauth\none')" ] || fail "the one that waited: $(cat "$home/out1")"

[ "$("$checkout/git-credential-cms" get)" = "$(printf 'git-credential-cms\nget')" ] || fail "git's helper"
ln -s "$checkout/cloud-mdir-sync" "$home/bin/cloud-mdir-sync"
[ "$(cloud-mdir-sync)" = cloud-mdir-sync ] || fail "through a symbolic link on PATH"
builds_are 1 "nothing has changed"

edit "$checkout/cms/src/main/New.java"
cloud-mdir-sync >/dev/null 2>"$home/err"
builds_are 2 "a source was added"
says 'cloud-mdir-sync: building the programs, once'

touch -d '-1 hour' "$checkout/cms/src/main/New.java"
touch -d '-1 hour' "$checkout/cms/src/main"
mkdir -p "$checkout/.git/logs"
edit "$checkout/.git/logs/HEAD"
"$checkout/cms-oauth" >/dev/null
builds_are 2 "the checkout moved, but its sources are the same"
edit "$checkout/cms/pom.xml"
"$checkout/cms-oauth" >/dev/null 2>&1
builds_are 3 "the checkout moved, and its sources changed"

edit "$checkout/cms/pom.xml"
: >"$BREAK"
status=0
cloud-mdir-sync >"$home/out" 2>"$home/err" || status=$?
[ "$status" = 70 ] || fail "a broken build ends with $status"
[ ! -s "$home/out" ] || fail "a broken build writes on standard output"
says 'ERROR. no such class'
says 'the build failed'
rm "$BREAK"

. "$checkout/dist/jdk.sh"
jdk() {
  mkdir -p "$1/bin" "$1/jmods"
  printf '#!/bin/sh\n' | tee "$1/bin/javac" >"$1/bin/jlink"
  chmod 755 "$1"/bin/*
  echo "JAVA_VERSION=\"$2\"" >"$1/release"
}
jdk "$home/jdk-17" 17.0.15
jdk "$home/jdk 25" 25.0.3
jdk "$home/jdk-250" 250
jdk_candidates() { printf '%s\n' "$home/none" "$home/jdk-17" "$home/jdk-250" "$home/jdk 25"; }
find_jdk25
[ "$JAVA_HOME" = "$home/jdk 25" ] || fail "finds '$JAVA_HOME' as JDK 25"
rm -r "$home/jdk 25"
status=0
find_jdk25 2>"$home/err" || status=$?
[ "$status" = 69 ] || fail "no JDK ends with $status"
says 'pacman -S'
echo "launchers: $tests checks passed"
