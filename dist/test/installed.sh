# shellcheck shell=sh
# Run by packages.sh in a new Debian: installs the Debian package, uses it, removes it; then the tarball.
export DEBIAN_FRONTEND=noninteractive LC_ALL=C PATH=/usr/local/bin:/usr/bin:/usr/sbin:/bin:/sbin
cd /tmp || exit

fail() {
  echo "installed: $*" >&2
  exit 1
}

# As somebody who may write nowhere but at home.
as_user() {
  setpriv --reuid=alice --regid=alice --clear-groups env -C /home/alice HOME=/home/alice "$@"
}

expect() {
  wanted=$1
  shift
  said=$("$@" 2>&1) || fail "$* ended with $?: $said"
  echo "$said" | grep -q -e "$wanted" || fail "$* does not say '$wanted' but: $said"
}

# All are of one build.
commit_of() { as_user "$1" --version | sed 's/.*(\(commit [^,]*\),.*/\1/'; }

try_programs() {
  expect '^cloud-mdir-sync [0-9].* (commit .*, Java 25' as_user cloud-mdir-sync --version
  expect '^cms-oauth [0-9].* (commit .*, native)' as_user cms-oauth --version
  expect "$(commit_of cms-oauth)" as_user cloud-mdir-sync --version
  expect 'user@domain.com' as_user cloud-mdir-sync check
  as_user cloud-mdir-sync check -c wrong.cfg 2>said && fail "a wrong configuration is accepted"
  grep -q '^wrong.cfg:1:1: ' said || fail "a wrong configuration: $(cat said)"
  expect 'Authentication successful' as_user cloud-mdir-sync demo
  said=$(as_user cloud-mdir-sync --version 2>&1 >/dev/null)
  [ -z "$said" ] || fail "the JVM complains: $said" # of an archive that is not for these flags
  # Libraries that nothing else here loads. Both packages have the same store.
  said=$(as_user env CMS_ASKPASS=/home/alice/askpass timeout --preserve-status 10 cloud-mdir-sync -c passphrase.cfg 2>&1) ||
    fail "with a passphrase: $said"
  echo "$said" | grep -q 'passphrase' || fail "with a passphrase: $said"
  # With -Xshare:on the JVM ends where it would otherwise go on without the archive.
  bin=$(dirname "$(readlink -f "$(command -v cloud-mdir-sync)")")
  sed 's/-XX:SharedArchiveFile/-Xshare:on &/' "$bin/cloud-mdir-sync" >"$bin/archived"
  chmod 755 "$bin/archived"
  expect '^cloud-mdir-sync' as_user "$bin/archived" --version
  rm "$bin/archived"
}

command -v java >/dev/null && fail "there is a Java here already"
useradd -m alice
printf 'account = Office365_Account(user="user@domain.com")\nCredentialServer("/home/alice/s", accounts=[account])\n' \
  >/home/alice/cms.cfg
echo 'Office365_Acount()' >/home/alice/wrong.cfg
{ cat /home/alice/cms.cfg; echo 'SecretStore("passphrase")'; } >/home/alice/passphrase.cfg
printf '#!/bin/sh\necho correct horse\n' >/home/alice/askpass
chmod 755 /home/alice/askpass

apt-get -qq update
apt-get -qq -y install ./cloud-mdir-sync_*.deb >log 2>&1 || fail "$(cat log)"
try_programs
for file in share/man/man1/cms-oauth.1.gz share/man/man5/cms.cfg.5.gz lib/systemd/user/cloud-mdir-sync.service \
  lib/systemd/system/cloud-mdir-sync@.service lib/systemd/system/cloud-mdir-sync@.socket \
  share/doc/cloud-mdir-sync/install.md share/doc/cloud-mdir-sync/hardened.conf \
  share/applications/cloud-mdir-sync.desktop; do
  [ -s "/usr/$file" ] || fail "no /usr/$file" # dpkg would have left it out
done
said=$(dpkg --verify cloud-mdir-sync)
[ -z "$said" ] || fail "changed by use: $said"
apt-get -qq -y purge cloud-mdir-sync >log 2>&1 || fail "$(cat log)"
[ ! -e /usr/lib/cloud-mdir-sync ] || fail "the package leaves /usr/lib/cloud-mdir-sync behind"

tar -xzf cloud-mdir-sync-*.tar.gz -C /usr/local --strip-components=1 --no-same-owner
try_programs
echo "installed: Debian $(cat /etc/debian_version): package and tarball work"
