#!/bin/sh
# Tries the packages: packages.sh DIRECTORY, where they are. Each Debian is a new one, made by debootstrap,
# with no Java in it, and in the end booted. Needs root, debootstrap, lintian, systemd-nspawn, and Debian's mirror or $DEBIAN_MIRROR.
set -eu
packages=$(cd "$1" && pwd)
deb=$(echo "$packages"/cloud-mdir-sync_*.deb)
tarball=$(echo "$packages"/cloud-mdir-sync-*.tar.gz)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT

lintian --allow-root --fail-on error --suppress-tags bad-distribution-in-changes-file "$deb"

most=60 # MB installed
size=$(dpkg-deb --field "$deb" Installed-Size) # KiB
[ $((size * 1024)) -lt $((most * 1000000)) ] || { echo "packages: $size KiB installed are more than $most MB" >&2; exit 1; }

# The inventory knows every jar that is in the package, and the JDK; debian/copyright every one of others.
mkdir "$home/content"
dpkg-deb --extract "$deb" "$home/content"
doc=$home/content/usr/share/doc/cloud-mdir-sync
python3 - "$doc/sbom" "$home"/content/usr/lib/cloud-mdir-sync/lib/cms/*.jar <<'PYTHON'
import fnmatch, json, os, re, sys
def components(name):
    with open(f"{sys.argv[1]}/{name}.cdx.json") as bom:
        return {f'{part["name"]}-{part["version"]}': part for part in json.load(bom)["components"]}
parts = components("cloud-mdir-sync")
missing = [jar for jar in sys.argv[2:] if os.path.basename(jar)[:-4] not in parts]
missing += [] if any(part.startswith("OpenJDK-25") for part in parts) else ["OpenJDK"]
missing += [] if any(part.startswith("teavm-classlib-") for part in components("cms-oauth")) else ["TeaVM"]
if missing:
    sys.exit(f"packages: not in the SBOM: {missing}")
with open(f"{sys.argv[1]}/../copyright") as text:
    patterns = re.findall(r"^Files: (\S+/lib/cms/\S+)$", text.read(), re.M)
jars = [f"usr/lib/cloud-mdir-sync/lib/cms/{os.path.basename(jar)}" for jar in sys.argv[2:]
        if parts[os.path.basename(jar)[:-4]].get("group") != "org.cloudmdirsync"]
untold = [jar for jar in jars if not any(fnmatch.fnmatch(jar, pattern) for pattern in patterns)]
sys.exit(f"packages: not in debian/copyright: {untold}" if untold or not jars else 0)
PYTHON
[ -s "$(echo "$doc"/legal/slf4j-api-*/LICENSE.txt)" ] || { echo "packages: no licence of SLF4J" >&2; exit 1; }

# in_new ROOT SCRIPT [WORD]: in a process namespace of its own, so that nothing stays mounted or running.
in_new() {
  # shellcheck disable=SC2016 # for the inner shell
  unshare --mount --pid --fork sh -euc 'mount -t proc proc "$0/proc"; exec chroot "$0" sh -eu "$@"' "$@"
}

for suite in bookworm trixie; do
  echo "packages: Debian $suite"
  root=$home/$suite
  debootstrap --variant=minbase "$suite" "$root" ${DEBIAN_MIRROR:+"$DEBIAN_MIRROR"} >"$home/log" 2>&1 || { cat "$home/log" >&2; exit 1; }
  cp "$deb" "$tarball" "$root/tmp"
  cp "${0%/*}/installed.sh" "${0%/*}/started.sh" "$root/tmp"
  in_new "$root" /tmp/installed.sh
  in_new "$root" /tmp/started.sh install
  sh "${0%/*}/booted.sh" "$root"
  rm -rf "$root"
done
