#!/usr/bin/env bash
# Makes sure of a Chromium, and of a font with Chinese, for the tests in this folder.
# Takes what is installed; else the system's packages; else Playwright's own Chromium.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/system_packages.sh

# The first browser on PATH that really starts (on some systems the name is only a hint to install it).
browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" > /dev/null && "$name" --version > /dev/null 2>&1; then
      command -v "$name"
      return 0
    fi
  done
  return 1
}

playwright_browser() {
  .venv/bin/python - <<'PYTHON'
import pathlib, sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    sys.exit(not pathlib.Path(playwright.chromium.executable_path).is_file())
PYTHON
}

# Without fc-list nobody can tell: take it as there.
chinese_font() {
  ! command -v fc-list > /dev/null || [ -n "$(fc-list :lang=zh-cn family)" ]
}

if ! browser > /dev/null && ! playwright_browser; then
  echo "No Chromium yet: installing one …"
  system_install chromium fonts-noto-cjk || true
  if ! browser > /dev/null; then
    .venv/bin/python -m playwright install chromium || {
      echo "No Chromium could be installed. Install chromium or google-chrome, then run this again." >&2
      exit 1
    }
  fi
fi

if ! chinese_font; then
  echo "No font with Chinese yet: installing one …"
  system_install fonts-noto-cjk ||
    echo "No font with Chinese: pictures will show boxes. Install Noto Sans CJK (Debian: fonts-noto-cjk)." >&2
fi
