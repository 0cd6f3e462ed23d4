#!/bin/sh
# Makes the packages from a copy of the sources, so that nothing of this checkout's builds is in them.
# The result is in dist/target/package.
set -eu
cd "${0%/*}/.."
. dist/jdk.sh && find_jdk25 && . dist/maven.sh
copy=$(mktemp -d) # its name has no blank, which would change the archive of classes
trap 'rm -rf "$copy"' EXIT

packages() { maven -Ppackage -pl dist -am -Dmaven.test.skip=true package; }

# Removed to be recorded anew: that needs a run of its own.
[ -e dist/classes.list ] || packages
git ls-files -z --cached --others --exclude-standard | tar -c --null -T - | tar -x -C "$copy"
cp -a .git "$copy"
(cd "$copy" && packages)
rm -rf dist/target/package
mkdir -p dist/target/package
cp -p "$copy"/dist/target/package/cloud-mdir-sync[-_]* dist/target/package
