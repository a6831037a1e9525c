#!/usr/bin/env bash
# Makes sure of a LibreOffice without windows that reads Word files, slides and workbooks, and of pdftotext, for the tests in this
# folder. Takes what is installed, else the system's packages (some 70 of them, half a minute).
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/system_packages.sh

has_calc() {
  [ -e "$(dirname "$(readlink -f "$(command -v soffice)")")/libsclo.so" ]
}
if ! command -v soffice > /dev/null || ! has_calc || ! command -v pdftotext > /dev/null; then
  echo "No LibreOffice yet: installing one …"
  # Carlito has the widths of Calibri, in which the files are set.
  system_install libreoffice-writer-nogui libreoffice-impress-nogui libreoffice-calc-nogui fonts-crosextra-carlito poppler-utils || true
fi
for name in soffice pdftotext; do
  command -v "$name" > /dev/null || {
    echo "These tests need LibreOffice and pdftotext, and they could not be installed. On Debian or Ubuntu: apt install libreoffice-writer-nogui libreoffice-impress-nogui libreoffice-calc-nogui poppler-utils" >&2
    exit 1
  }
done
