#!/bin/sh
# Find or install the browser that tests drive: scripts/browser.sh [FOLDER]   (default .venv/browser)
#
# FOLDER/program names it. First comes an installed Chromium or Chrome, then the one that Playwright downloads, then Debian's
# package where this user may install it. What was found is left alone as long as it can be run, in a few milliseconds.
# Where none can be had, FOLDER/unavailable says why, the tests that need a browser are skipped with that reason, and this
# ends well all the same: unless INCIDENTBOOK_REQUIRE holds the word browser, as .ci/run sets it.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-.venv/browser}

[ -f "$folder/program" ] && [ -x "$(cat "$folder/program")" ] && exit 0

found() {
    rm -f "$folder/unavailable"
    printf '%s\n' "$1" > "$folder/program"
    printf 'Tests in a browser use %s\n' "$1"
    exit 0
}

# The first of these names that is on the PATH and runs: a package may be a stub that only says where to get the real one.
installed() {
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        program=$(command -v "$name") && "$program" --version > /dev/null 2>&1 && return 0
    done
    return 1
}

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
python=$(dirname "$folder")/bin/python
export PLAYWRIGHT_BROWSERS_PATH="$folder/playwright" # beside this environment, and gone with it
rm -f "$folder/program"
installed && found "$program"

why="no Chromium is installed"
if "$python" -m playwright install --no-shell chromium > "$folder/playwright.log" 2>&1; then
    program=$("$python" -c 'from playwright.sync_api import sync_playwright as start
with start() as play: print(play.chromium.executable_path)')
    "$program" --version > /dev/null 2>&1 && found "$program"
    why="$why; Playwright's does not run here, for want of a library of the system"
else
    why="$why; Playwright's cannot be downloaded"
fi

if ! command -v apt-get > /dev/null; then
    why="$why; this is no Debian, whose package could be installed"
elif [ "$(id -u)" -ne 0 ]; then
    why="$why; only root may install Debian's package"
elif { apt-get update --quiet && apt-get install --quiet --yes --no-install-recommends chromium; } > "$folder/apt.log" 2>&1; then
    installed && found "$program"
    why="$why; Debian's package does not run"
else
    why="$why; Debian's package cannot be installed"
fi

printf '%s\n' "$why" > "$folder/unavailable"
case " $(printf '%s' "${INCIDENTBOOK_REQUIRE:-}" | tr ',' ' ') " in
    *' browser '*) printf 'error: %s\n' "$why" >&2; exit 2 ;;
esac
printf 'Tests in a browser will be skipped: %s\n' "$why"
