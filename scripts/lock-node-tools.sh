#!/bin/sh
# Write the locks of the Node tools anew from their package.json and requirements.in: scripts/lock-node-tools.sh [VENV]
#
# Names, versions and hashes go in, and no address: a machine's own settings say where packages come from.
set -eu
cd "$(dirname "$0")/.."
bin=${1:-.venv}/bin

for folder in tests/node benchmarks/node; do
    npm --prefix "$folder" install --package-lock-only --ignore-scripts --loglevel=error > /dev/null
    "$bin/python" - "$folder/package-lock.json" << 'END'
import json
import pathlib
import sys

path = pathlib.Path(sys.argv[1])
lock = json.loads(path.read_text(encoding="utf-8"))
for package in lock["packages"].values():
    package.pop("funding", None)  # npm writes pages of sponsors there
path.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")
END
done
env -u PIP_FIND_LINKS -u UV_FIND_LINKS "$bin/uv" pip compile --quiet --no-config --universal --python-version 3.11 \
    --generate-hashes --no-annotate --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock-node' \
    --upgrade --output-file tests/node/requirements.lock tests/node/requirements.in
