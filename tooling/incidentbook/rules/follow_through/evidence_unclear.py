"""Evidence that nobody can look up.

What it checks
    Evidence of an action item of the kind `commit` names a commit: by its id, by its address, or as `path@id`. One that is
    given by its id alone, or by an address under the knowledge base's `repository_url`, is in the Git repository of the
    knowledge base; one of another repository is not looked for, and neither is any where there is no Git, or where the clone is
    shallow and the commit may lie beyond its end. Evidence of the kind `pull-request` is the address of one, or as short as
    `owner/app#88`.

Why it matters
    Done is shown and not said. A commit that was rebased away, and a pull request without a number, show nothing.

Bad example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Correct the script
        status: done
        owner: database
        due: 2025-02-01
        completed: 2025-01-30
        evidence: [{kind: pull-request, ref: the one of Monday}]

Good example
    # postmortems/2025/INC-2025-001.md
    action_items:
      - id: AI-2025-001-1
        title: Correct the script
        status: done
        owner: database
        due: 2025-02-01
        completed: 2025-01-30
        evidence: [{kind: pull-request, ref: "https://git.example/database/failover/pull/88"}]
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.duties import evidence
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB609"
NAME = "evidence-unclear"
SUMMARY = "Evidence cannot be looked up"
GRADE = Grade.WARNING
KINDS = ("postmortem",)
_WHOLE, _ONCE = "action_items.*.evidence.*", "action_items.*.occurrences.*.evidence.*"


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every reference to a commit or a pull request that leads to none."""
    value = entry.document.value
    for path, shown in (*walk.find(value, _WHOLE), *walk.find(value, _ONCE)):
        ref = shown.get("ref") if isinstance(shown, dict) else None
        if not isinstance(ref, str):
            continue
        place = Place(entry, (*path, "ref"))
        if shown.get("kind") == "pull-request" and not evidence.is_pull_request(ref):
            hint = "Give its address, such as https://git.example/app/pull/88."
            yield Hit(place, f"`{words.shown(ref)}` is not the address of a pull request", hint)
        elif shown.get("kind") == "commit":
            yield from _commit(place, ref, context)


def _commit(place: Place, ref: str, context: Context) -> Iterator[Hit]:
    named = evidence.commit(ref)
    if named is None:
        hint = "Give its id, its address, or `path@id`; for something else, another kind."
        yield Hit(place, f"`{words.shown(ref)}` names no commit", hint)
        return
    ours = not named.where or evidence.same_repository(named.where, context.knowledge_base.repository_url)
    if ours and context.has_commit(named.id) is False:
        hint = "Name the commit that was merged; for one of another repository give its address."
        yield Hit(place, f"There is no commit {named.id} in this repository", hint)
