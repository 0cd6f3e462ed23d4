#!/bin/sh
# Makes the packages from a copy of the sources, so that nothing of this checkout's builds is in them:
# package-clean.sh DIRECTORY, where they shall be; what is there is deleted.
set -eu
umask 022 # the modes of classes are in the jars
result=$(realpath -m "$1")
cd "${0%/*}/.."
. dist/jdk.sh && find_jdk25 && . dist/maven.sh
copy=$(mktemp -d) # its name has no blank, which would change the archive of classes
trap 'rm -rf "$copy"' EXIT

packages() { maven -Ppackage -pl dist -am -Dmaven.test.skip=true package; }

# Removed to be recorded anew: that needs a run of its own.
[ -e dist/classes.list ] || packages
git ls-files -z --cached --others --exclude-standard | tar -c --mode=u=rwX,go=rX --null -T - | tar -x -C "$copy"
cp -a .git "$copy"
(cd "$copy" && packages)
rm -rf "$result"
mkdir -p "$result"
cp -p "$copy"/dist/target/package/cloud-mdir-sync[-_]* "$result"
