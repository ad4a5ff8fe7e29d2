#!/bin/sh
# Make the environment: scripts/bootstrap.sh [FOLDER]   (default .venv; PYTHON names the interpreter)
#
# Everything comes from requirements.lock, each file proven by its hash; the package itself is linked, not copied.
# An environment that already holds this very lock is left alone; a changed pyproject.toml only links the package anew.
# Afterwards nothing here needs the network.
set -eu
cd "$(dirname "$0")/.."
folder=${1:-.venv}
stamp=$folder/.lock-installed # copies of what was installed
linked=$folder/.project-linked

fail() {
    printf 'error: %s\n' "$1" >&2
    shift
    [ $# -eq 0 ] || printf '  %s\n' "$@" >&2
    exit 2
}

usable() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        command -v "$PYTHON" >/dev/null 2>&1 || fail "PYTHON=$PYTHON is not a program on this machine"
        usable "$PYTHON" || fail "PYTHON=$PYTHON is $("$PYTHON" --version 2>&1), but incidentbook needs Python 3.11 or newer"
        printf '%s\n' "$PYTHON"
        return
    fi
    for candidate in python3 python3.13 python3.12 python3.11 python; do
        if usable "$candidate"; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    fail "incidentbook needs Python 3.11 or newer, and none is on the PATH" \
        "Install one (Debian and Ubuntu: python3.11 and python3.11-venv; macOS: brew install python@3.13)," \
        "or name it: make PYTHON=/path/to/python3.11"
}

export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_ROOT_USER_ACTION=ignore

if ! cmp -s requirements.lock "$stamp" || ! [ -x "$folder/bin/python" ]; then
    python=$(find_python)
    "$python" -c 'import venv, ensurepip' 2>/dev/null || fail "$("$python" --version) has no venv module" \
        "Install it (Debian and Ubuntu: apt install python3-venv), or name another Python: make PYTHON=/path/to/python3.11"
    printf 'Making %s with %s (once; needs the network or a package mirror)\n' "$folder" "$("$python" --version)"
    "$python" -m venv --clear "$folder"
    # --no-deps: the lock names everything; a resolver would try a newer release than the one that it names, and stop
    "$folder/bin/python" -m pip install --quiet --no-deps --require-hashes --requirement requirements.lock ||
        fail "the packages of requirements.lock could not be installed" "The lines above say why. Nothing half-made is kept: run it again."
    "$folder/bin/python" -m pip check --quiet || fail "requirements.lock lacks a package that another one needs" "make lock writes it anew."
    cp requirements.lock "$stamp"
fi

if ! cmp -s pyproject.toml "$linked" || ! [ -x "$folder/bin/inc" ]; then
    "$folder/bin/python" -m pip install --quiet --no-deps --no-build-isolation --editable .
    cp pyproject.toml "$linked"
fi
touch "$stamp"
