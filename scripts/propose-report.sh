#!/bin/sh
# Propose the record of a reported incident as a pull request: scripts/propose-report.sh FILE NUMBER
#
# FILE holds the issue (a workflow's event, or `gh issue view NUMBER --json number,title,body,url,createdAt,updatedAt`). The record is
# committed to the branch report-NUMBER. While a pull request of it is open, a later run adds to that; an issue that says nothing new
# changes nothing. The text of the issue is read by `inc` alone: nothing of it gets into a command. Needs gh, signed in; in a workflow
# GH_TOKEN with `contents: write` and `pull-requests: write`.
set -eu

inc=.venv/bin/inc
report=build/report.md text=build/pull-request.md

fail() {
    printf 'error: %s\n' "$1" >&2
    printf '  %s\n' "$2" >&2
    exit 2
}

[ $# -eq 2 ] && [ -f "$1" ] || fail 'a file and the number of its issue are wanted' 'scripts/propose-report.sh issue.json 12'
case $2 in '' | *[!0-9]*) fail "$2 is no number of an issue" 'scripts/propose-report.sh issue.json 12' ;; esac
command -v gh >/dev/null 2>&1 || fail 'gh is not on the PATH' 'https://cli.github.com says how to install it; then: gh auth login'
[ -z "$(git status --porcelain -- incidents policy)" ] || fail 'incidents or policy hold changes' 'Commit them, or put them away: git stash'

remote() { git -c 'credential.helper=!gh auth git-credential' "$@"; }

branch=report-$2
# One of somebody else's fork may have a branch of the same name.
open=$(gh pr list --state open --head "$branch" --json number,isCrossRepository --jq '.[] | select(.isCrossRepository | not) | .number')
if [ -n "$open" ]; then
    remote fetch --quiet origin "$branch"
    git switch --quiet --force-create "$branch" FETCH_HEAD
else
    git switch --quiet --force-create "$branch"
fi

mkdir -p build
"$inc" import github-issue - --report "$report" <"$1"
git add -- incidents policy
if git diff --cached --quiet; then
    echo "Issue $2 says nothing that is not here."
    exit 0
fi
git commit --quiet --message "Record the incident that issue $2 reports"
printf 'From issue #%s.\n\n' "$2" | cat - "$report" >"$text"
# A branch without an open pull request is left from one that was merged or refused: it begins anew.
[ -n "$open" ] && force='' || force=--force
remote push --quiet $force origin "HEAD:refs/heads/$branch"
if [ -n "$open" ]; then
    # Not `gh pr edit`, which asks about projects, too: the right to write pull requests is to be enough.
    gh api --silent --method PATCH "repos/{owner}/{repo}/pulls/$open" --field "body=@$text"
else
    gh pr create --head "$branch" --title "Record the incident that issue $2 reports" --body-file "$text"
fi
