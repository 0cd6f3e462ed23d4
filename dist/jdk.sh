# shellcheck shell=sh
# Sourced: find_jdk25 exports a JDK 25 as JAVA_HOME, or says what to install and fails with 69
# (EX_UNAVAILABLE). Exactly 25: the runtime is cut from it, and flags and caches belong to one release.

jdk_candidates() {
  printf '%s\n' "${JAVA_HOME:-}" /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* \
    "${SDKMAN_DIR:-$HOME/.sdkman}"/candidates/java/* "$HOME"/.jdks/*
  if java=$(command -v java); then
    java=$(readlink -f "$java")
    echo "${java%/bin/java}"
  fi
}

is_jdk25() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/jlink" ] || return 1
  grep -q '^JAVA_VERSION="25[".]' "$1/release" 2>/dev/null || return 1
  # Some distributions package the modules that jlink needs apart.
  [ -d "$1/jmods" ] || "$1/bin/jlink" --help | grep -q 'run-time image enabled'
}

find_jdk25() {
  JAVA_HOME=$(jdk_candidates | while read -r jdk; do
    if is_jdk25 "$jdk"; then
      echo "$jdk"
      break
    fi
  done)
  export JAVA_HOME
  [ -z "$JAVA_HOME" ] || return 0
  cat >&2 <<MESSAGE
No JDK 25 found in JAVA_HOME, /usr/lib/jvm, /usr/java, /opt, SDKMAN or on PATH. Please install one:
  Debian, Ubuntu   apt install openjdk-25-jdk-headless
                   (older releases: temurin-25-jdk, see https://adoptium.net/installation/linux)
  Fedora           dnf install java-25-openjdk-devel java-25-openjdk-jmods
  Arch             pacman -S jdk25-openjdk
or set JAVA_HOME to where one is.
MESSAGE
  return 69
}
