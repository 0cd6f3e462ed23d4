#!/bin/sh
# Prints a source that is newer than the last build, if there is one.
cd "${0%/*}/.." || exit
exec find pom.xml ./*/pom.xml ./*/src/main dist/*.sh -newer .build/built -print -quit
