#!/usr/bin/env bash
# Makes sure of a Java that Spark runs on, 17 or newer. Takes what is installed, else the system's package.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/system_packages.sh

java_is_new_enough() {
  java -version 2>&1 | grep -q 'version "\(1[7-9]\|[2-9][0-9]\)'
}

if ! java_is_new_enough; then
  echo "No Java 17 yet: installing one …"
  system_install openjdk-17-jre-headless || system_install default-jre-headless || true
fi
java_is_new_enough || {
  echo "Spark needs Java 17 or newer, and none could be installed. On Debian or Ubuntu: apt install openjdk-17-jre-headless" >&2
  exit 1
}
