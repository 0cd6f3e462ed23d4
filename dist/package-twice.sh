#!/bin/sh
# A blank in the path of the sources would change the archive of classes (%20 in java.home).
# Makes the packages from two copies of the sources, so that nothing of this checkout's builds is in them;
# they must be the same bytes. The result is in dist/target/package.
set -eu
cd "${0%/*}/.."
. dist/jdk.sh && find_jdk25 && . dist/maven.sh
copies=$(mktemp -d)
trap 'rm -rf "$copies"' EXIT

packages() { maven -Ppackage -pl dist -am -Dmaven.test.skip=true package; }

packages_in() {
  mkdir "$1"
  git ls-files -z --cached --others --exclude-standard | tar -c --null -T - | tar -x -C "$1"
  cp -a .git "$1"
  (cd "$1" && packages)
}

# Removed to be recorded anew: that needs one run, since no two are alike.
[ -e dist/classes.list ] || { rm -rf dist/target/package && packages; }
packages_in "$copies/one"
packages_in "$copies/two"
rm -rf dist/target/package
mkdir -p dist/target/package
for package in "$copies"/one/dist/target/package/cloud-mdir-sync[-_]*; do
  cmp "$package" "$copies/two/dist/target/package/${package##*/}"
  cp -p "$package" dist/target/package
done
