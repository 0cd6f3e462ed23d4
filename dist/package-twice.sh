#!/bin/sh
# Makes the packages here and, from a copy of the sources elsewhere, once more; they must be the same bytes.
set -eu
cd "${0%/*}/.."
. dist/jdk.sh && find_jdk25 && . dist/maven.sh

packages() {
  rm -rf dist/target/package
  maven -Ppackage -pl dist -am -Dmaven.test.skip=true clean package
}

packages
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | tar -c --null -T - | tar -x -C "$copy"
cp -a .git "$copy"
(cd "$copy" && packages)
for package in dist/target/package/cloud-mdir-sync[-_]*; do
  cmp "$package" "$copy/$package"
  ls -l "$package"
done
