#!/usr/bin/env bash
# Makes sure of a LibreOffice without windows that reads Word files, slides and workbooks, and of pdftotext, for the tests
# in this folder. Takes what is installed, else the system's packages (some 70 of them, half a minute).
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/system_packages.sh

has_all() {
  command -v soffice > /dev/null && command -v pdftotext > /dev/null &&
    [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/libsclo.so" ] # the part for workbooks
}
PACKAGES=(libreoffice-writer-nogui libreoffice-impress-nogui libreoffice-calc-nogui poppler-utils)
if ! has_all; then
  echo "No LibreOffice with all its parts yet: installing …"
  # Carlito has the widths of Calibri, in which the files are set.
  system_install "${PACKAGES[@]}" fonts-crosextra-carlito || true
fi
has_all || {
  echo "These tests need LibreOffice and pdftotext, and they could not be installed. On Debian or Ubuntu: apt install ${PACKAGES[*]}" >&2
  exit 1
}
