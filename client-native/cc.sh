#!/bin/sh
# Compiles the C that TeaVM made: cc.sh SOURCE PROGRAM
# Static and against musl if that is there: the program is then smaller and starts twice as fast.
# Without any C compiler there is no native program, and cms-oauth-jvm serves everything.
set -u
source=$1
program=$2

compile() {
  "$@" -std=gnu11 -Os -w -s -ffunction-sections -fdata-sections -Wl,--gc-sections \
    -o "$program" "$source" -lm -lrt 2>"$program.log"
}

mkdir -p "${program%/*}"
rm -f "$program"
compilers=0
for compiler in "musl-gcc -static" "gcc -static" "cc -static" gcc cc; do
  command -v "${compiler%% *}" >/dev/null 2>&1 || continue
  compilers=$((compilers + 1))
  # shellcheck disable=SC2086 # a compiler and its option
  compile $compiler && exit 0
done
if [ "$compilers" = 0 ]; then
  echo "cms-oauth: no C compiler found (musl-tools or gcc would do), so it will run on the JVM"
  exit 0
fi
cat "$program.log" >&2
exit 1
