#!/bin/sh
# Makes the packages from an image: package.sh TARGET VERSION TIME. In TARGET there is image/, and then
# also cloud-mdir-sync_VERSION_ARCH.deb and cloud-mdir-sync-VERSION-linux-MACHINE.tar.gz, of the same files.
# Adds nothing of its own that changes: times are TIME, orders and owners are fixed.
set -eu
umask 022
target=$1
version=$2
SOURCE_DATE_EPOCH=$(date -d "$3" +%s)
export SOURCE_DATE_EPOCH TZ=UTC LC_ALL=C
sources=$(cd "${0%/*}/.." && pwd)
root=$target/root
doc=$root/usr/share/doc/cloud-mdir-sync

# In bin/ of the image; another program is one more word here.
programs='cloud-mdir-sync cms-oauth git-credential-cms'

# install_all MODE DIRECTORY FILE…
install_all() {
  mode=$1
  directory=$2
  shift 2
  mkdir -p "$directory"
  install -m "$mode" "$@" "$directory"
}

runtime() {
  lib=$root/usr/lib/cloud-mdir-sync
  mkdir -p "$root/usr/lib" "$root/usr/bin" "$doc"
  cp -a "$target/image" "$lib"
  mv "$lib/legal" "$doc/legal"
  # What nobody starts, and what only tools for developers read.
  rm -f "$lib/bin/jwebserver" "$lib/bin/keytool" "$lib/lib/jexec" "$lib/lib/classlist" "$lib/lib/jrt-fs.jar"
  rm -f "$lib/lib/libsimdsort.so" # sorts arrays faster, for the compiler that we do not start
  # A sixth of the JVM: names that only a debugger wants.
  find "$lib/lib" -name '*.so' -exec strip --strip-unneeded {} +
  strip "$lib/bin/java" "$lib/lib/jspawnhelper"
  chmod -R u=rwX,go=rX "$root"
  for program in $programs; do
    [ -x "$lib/bin/$program" ] || { echo "no $program in the image" >&2; exit 1; }
    ln -s "../lib/cloud-mdir-sync/bin/$program" "$root/usr/bin/$program"
  done
  # A package for machines without a C compiler is made on one with it.
  [ ! -L "$lib/bin/cms-oauth" ] || { echo "no native cms-oauth: install musl-tools or gcc" >&2; exit 1; }
}

documents() {
  for page in "$sources"/man/*.[1-8]; do
    install_all 644 "$root/usr/share/man/man${page##*.}" "$page"
  done
  gzip -9n "$root"/usr/share/man/man*/*
  install_all 644 "$doc" "$sources"/README.md "$sources"/SECURITY.md "$sources"/docs/*.md
  install_all 644 "$doc/examples" "$sources"/examples/*
  install_all 644 "$doc" "$sources/dist/debian/copyright"
  gzip -9nc "$sources/CHANGES.md" >"$doc/NEWS.gz"
  changelog | gzip -9n >"$doc/changelog.gz"
}

# What is inside, for programs that look for known flaws (CycloneDX). Maven does not know of the JDK.
inventories() {
  jdk=$(sed -n 's/^JAVA_VERSION="\(.*\)"/\1/p' "$target/image/release")
  openjdk="    { \"type\" : \"platform\", \"name\" : \"OpenJDK\", \"version\" : \"$jdk\","
  openjdk="$openjdk \"licenses\" : [ { \"expression\" : \"GPL-2.0-only WITH Classpath-exception-2.0\" } ] },"
  mkdir -p "$doc/sbom"
  sed "/^  \"components\" : \[/a\\
$openjdk" "$sources/dist/target/bom.json" >"$doc/sbom/cloud-mdir-sync.cdx.json"
  cp "$sources/client-native/target/bom.json" "$doc/sbom/cms-oauth.cdx.json"
}

changelog() {
  cat <<CHANGELOG
cloud-mdir-sync ($version) unstable; urgency=medium

  * What is new stands in NEWS.gz.

 -- $maintainer  $(date -R -d "@$SOURCE_DATE_EPOCH")
CHANGELOG
}

integration() {
  mkdir -p "$root/usr/share/lintian/overrides"
  install -m 644 "$sources/dist/debian/lintian-overrides" "$root/usr/share/lintian/overrides/cloud-mdir-sync"
  install_all 644 "$root/usr/lib/systemd/system" "$sources"/dist/systemd/*@.service "$sources"/dist/systemd/*@.socket
  for program in $programs; do
    complete="$sources/dist/completions/$program"
    [ -e "$complete.bash" ] || continue # git starts it, nobody types it
    install -D -m 644 "$complete.bash" "$root/usr/share/bash-completion/completions/$program"
    install -D -m 644 "$complete.zsh" "$root/usr/share/zsh/vendor-completions/_$program"
    install -D -m 644 "$complete.fish" "$root/usr/share/fish/vendor_completions.d/$program.fish"
  done
  install_all 644 "$root/usr/lib/systemd/user" "$sources"/dist/systemd/cloud-mdir-sync.service
  install_all 644 "$doc" "$sources"/dist/systemd/hardened.conf
  install_all 644 "$root/usr/share/applications" "$sources"/dist/desktop/*.desktop
}

# Fixed order, owner and time; the same tree serves both packages.
tarball() {
  name=cloud-mdir-sync-$version-linux-$(uname -m)
  tar -c --format=gnu --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
    --transform "flags=r;s,^usr,$name," -C "$root" usr | gzip -9n >"$target/$name.tar.gz"
}

debian_package() {
  if ! command -v dpkg-deb >/dev/null; then
    echo "no dpkg-deb here, so there is no Debian package; apt, dnf and pacman have it in 'dpkg'" >&2
    return
  fi
  mkdir "$root/DEBIAN"
  sed -e "s/@VERSION@/$version/" -e "s/@ARCHITECTURE@/$(dpkg --print-architecture)/" \
    -e "s/@SIZE@/$(size)/" "$sources/dist/debian/control" >"$root/DEBIAN/control"
  (cd "$root" && find usr -type f | LC_ALL=C sort | tr '\n' '\0' | xargs -0 md5sum >DEBIAN/md5sums)
  dpkg-deb --root-owner-group -Zxz --build "$root" "$target" >&2
}

# As dpkg-gencontrol counts: files in KiB, each rounded up; one for a directory or a link.
size() {
  find "$root/usr" -printf '%y %s\n' | awk '{ n += $1 == "f" ? int(($2 + 1023) / 1024) : 1 } END { print n }'
}

maintainer=$(sed -n 's/^Maintainer: //p' "$sources/dist/debian/control")
rm -rf "$root" "$target"/*.deb "$target"/*.tar.gz
runtime
documents
inventories
integration
find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
tarball
debian_package
