#!/bin/sh
# The command line of the specification, handed on to `inc`. It works on the knowledge base that the current folder lies in, else on
# the one that this script belongs to.
set -eu

usage() {
    cat <<'END'
Usage, in any order of options:
  analyze-incident-response.sh --severity sev1 --type availability --start ["TITLE"]
  analyze-incident-response.sh --post-mortem --incident-id INC-2025-001 [--output post-mortem.md]
  analyze-incident-response.sh --report --incident-id INC-2025-001 [--format pdf|text|markdown|html|json] [--output FILE]
  analyze-incident-response.sh --metrics [--period monthly] [--output metrics.json]
  analyze-incident-response.sh --playbook --type security [--output security-playbook.md]

Each hands on to a command of incidentbook, which can do more: inc start, inc draft, inc report, inc metrics.
END
}

fail() {
    printf 'error: %s\n' "$1" >&2
    printf '  %s\n' "${2:-analyze-incident-response.sh --help shows every call.}" >&2
    exit 2
}

mode='' severity='' type='' title='' incident='' output='' format='' period=''

choose() {
    [ -z "$mode" ] || [ "$mode" = "$1" ] || fail "--$mode and --$1 are two different calls: give one of them"
    mode=$1
}

while [ $# -gt 0 ]; do
    case $1 in
    --*=*) # --option=value is --option value
        option=${1%%=*} value=${1#*=}
        shift
        set -- "$option" "$value" "$@"
        continue
        ;;
    -h | --help)
        usage
        exit 0
        ;;
    --start)
        choose start
        case ${2-} in '' | --*) ;; *) title=$2 && shift ;; esac
        ;;
    --post-mortem | --report | --metrics | --playbook) choose "${1#--}" ;;
    --severity | --type | --incident-id | --output | --format | --period)
        case ${2-} in '' | --*) fail "$1 needs a value" ;; esac
        case $1 in
        --severity)
            severity=$(printf %s "$2" | tr 'A-Z' 'a-z' | tr -d ' -')
            case $severity in [1-4]) severity=sev$severity ;; esac
            ;;
        --type) type=$(printf %s "$2" | tr 'A-Z_ ' 'a-z--') ;;
        --incident-id) incident=$2 ;;
        --output) output=$2 ;;
        --format) format=$2 ;;
        --period) period=$2 ;;
        esac
        shift
        ;;
    *) fail "$1 is no option of this script" ;;
    esac
    shift
done

[ -n "$mode" ] || fail "Say what to do: --start, --post-mortem, --report, --metrics or --playbook"

needs() { [ -n "$2" ] || fail "--$mode needs --$1"; }
refuses() { [ -z "$2" ] || fail "--$1 says nothing to --$mode"; }

self=$0
while [ -L "$self" ]; do
    target=$(readlink -- "$self")
    case $target in /*) self=$target ;; *) self=$(dirname -- "$self")/$target ;; esac
done
here=$(CDPATH='' cd -- "$(dirname -- "$self")/.." && pwd)
if [ -x "$here/.venv/bin/inc" ]; then
    inc=$here/.venv/bin/inc
elif ! inc=$(command -v inc); then
    fail "incidentbook is not installed" "\`make env\` in $here installs it there; pip install incidentbook anywhere."
fi

root=$PWD
while [ "$root" != / ] && ! [ -f "$root/policy/knowledge-base.yml" ]; do root=$(dirname "$root"); done
if ! [ -f "$root/policy/knowledge-base.yml" ]; then
    root=$here
    [ "$mode" != start ] || printf 'No knowledge base here: this goes into %s\n' "$root" >&2
fi

case $mode in
start)
    needs severity "$severity"
    refuses incident-id "$incident"
    refuses output "$output"
    refuses format "$format"
    refuses period "$period"
    case $severity in sev*) shown=SEV-${severity#sev} ;; *) shown=$severity ;; esac
    set -- start "${title:-$shown ${type:+$type }incident}" --severity "$severity"
    ;;
post-mortem)
    needs incident-id "$incident"
    refuses format "$format"
    refuses period "$period"
    set -- draft post-mortem "$incident"
    type=''
    ;;
report)
    needs incident-id "$incident"
    refuses period "$period"
    set -- report "$incident"
    type=''
    ;;
metrics)
    refuses incident-id "$incident"
    set -- metrics
    [ -z "$period" ] || set -- "$@" --period "$period"
    type=''
    ;;
playbook)
    needs type "$type"
    refuses incident-id "$incident"
    refuses format "$format"
    refuses period "$period"
    set -- draft playbook
    ;;
esac
[ -z "$type" ] || set -- "$@" --type "$type"
[ -z "$format" ] || set -- "$@" --format "$format"
[ -z "$output" ] || set -- "$@" --output "$output"
exec "$inc" -C "$root" "$@"
