#!/bin/sh
# Keep one issue about all that is overdue: scripts/tracking-issue.sh FILE   (FILE is what `inc overdue --output FILE` wrote)
#
# None is open: it is opened. One is: its text becomes that of FILE. Nothing is late any more: it is closed. It is known by its label
# and by the first line of its text, so that running this again never makes a second one. Needs GitHub's gh, signed in; in a workflow
# GH_TOKEN with `issues: write`.
set -eu

label=overdue
marker='<!-- inc overdue: '

fail() {
    printf 'error: %s\n' "$1" >&2
    printf '  %s\n' "$2" >&2
    exit 2
}

[ $# -eq 1 ] || fail 'one file is wanted' 'scripts/tracking-issue.sh build/overdue.md'
command -v gh >/dev/null 2>&1 || fail 'gh is not on the PATH' 'https://cli.github.com says how to install it; then: gh auth login'
first=''
[ ! -f "$1" ] || IFS= read -r first <"$1" || :
case $first in
"$marker"*) ;;
*) fail "$1 is not what \`inc overdue --output\` writes" "make nightly writes build/overdue.md" ;;
esac

# Each answer goes into a variable first: a question that fails ends it here, where it would else look like "there is none".
open=''
numbers=$(gh issue list --state open --label "$label" --limit 1000 --json number --jq '.[].number')
for number in $numbers; do
    body=$(gh issue view "$number" --json body --jq .body)
    case $body in "$marker"*) open=$number && break ;; esac
done

if [ "$first" != "${marker}0 -->" ]; then
    if [ -n "$open" ]; then
        # Not `gh issue edit`, which asks about projects, too: the right to write issues is to be enough.
        gh api --silent --method PATCH "repos/{owner}/{repo}/issues/$open" --field "body=@$1"
    else
        gh label create "$label" --force --color D93F0B --description 'Kept by the nightly check'
        gh issue create --title 'Overdue: action items, post-mortems, playbooks' --label "$label" --body-file "$1"
    fi
elif [ -n "$open" ]; then
    gh issue close "$open" --comment 'Nothing is overdue any more.'
else
    echo 'Nothing is overdue, and no issue says otherwise.'
fi
