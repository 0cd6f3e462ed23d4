#!/bin/sh
# Builds the programs into dist/target/cms: once, however many ask at the same time. Its argument is
# the name to speak under. Maven's words go to .build/build.log and are shown only on failure.
name=${1:-build}
cd "${0%/*}/.." || exit
mkdir -p .build && exec 9>.build/lock && flock 9 || exit 73

built() { [ -e .build/built ] && [ -x dist/target/cms/bin/cms-oauth ] && [ -z "$(dist/edited.sh)" ]; }

: >.build/started
if built; then # by somebody else while we waited, or the checkout moved without changing a source
  mv .build/started .build/built
  exit 0
fi

. dist/jdk.sh && find_jdk25 || exit
. dist/maven.sh
echo "$name: building the programs, once; about a minute (log: .build/build.log)" >&2
if maven -pl dist -am -Dmaven.test.skip=true package >.build/build.log 2>&1; then
  mv .build/started .build/built
  [ ! -L dist/target/cms/bin/cms-oauth ] ||
    echo "$name: no C compiler found: cms-oauth runs on the JVM, 60 ms instead of 1 ms a call;" \
      "install musl-tools or gcc and run ./check build" >&2
else
  grep -E '^\[(ERROR|WARNING)\] .' .build/build.log | head -n 40 >&2
  echo "$name: the build failed; .build/build.log has the rest" >&2
  exit 70
fi
