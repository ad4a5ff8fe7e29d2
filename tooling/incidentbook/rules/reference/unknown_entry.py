"""A cause or a piece of evidence that does not exist.

What it checks
    The links between causes and the 5 whys name causes of the same post-mortem. Evidence that a hypothesis rests on stands in the
    same record; evidence that a cause rests on stands in a record that the post-mortem covers.

Why it matters
    The chain from evidence to cause is what a reader checks. A link to nothing breaks it silently.

Bad example
    # postmortems/2025/INC-2025-001.md
    causes:
      nodes: [{id: script, text: The script stopped half way}, {id: tests, text: No test cut the network}]
      edges: [{from: test, to: script}]

Good example
    # postmortems/2025/INC-2025-001.md
    causes:
      nodes: [{id: script, text: The script stopped half way}, {id: tests, text: No test cut the network}]
      edges: [{from: tests, to: script}]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, KeyPath, Place, walk, words
from incidentbook.rules.context import Context

CODE = "IB408"
NAME = "unknown-entry"
SUMMARY = "A cause or a piece of evidence that a file refers to does not exist"
GRADE = Grade.ERROR
KINDS = ("incident", "postmortem")
_EVIDENCE = "investigation.evidence.*.id"


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every reference to a cause or a piece of evidence that is not there."""
    value = entry.document.value
    if entry.kind == "incident":
        known = [name for _, name in walk.texts(value, _EVIDENCE)]
        found = walk.texts(value, "investigation.hypotheses.*.evidence.*")
        yield from _unknown(entry, found, known, "piece of evidence", "in this record")
        return
    causes = [name for _, name in walk.texts(value, "causes.nodes.*.id")]
    found = walk.all_texts(value, ("causes.edges.*.from", "causes.edges.*.to", "five_whys.*.node"))
    yield from _unknown(entry, found, causes, "cause", "in this post-mortem")
    yield from _evidence(entry, context)


def _evidence(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every piece of evidence of a post-mortem that none of the records that it covers holds."""
    value = entry.document.value
    found = list(walk.texts(value, "causes.nodes.*.evidence.*"))
    covered = [record for _, name in walk.texts(value, "incidents.*") for record in context.incidents(name)]
    if not found or not covered:  # an incident that is not there is reported by another rule
        return
    known = [name for record in covered for _, name in walk.texts(record.document.value, _EVIDENCE)]
    related = tuple(Place(record, ("investigation",), message="the evidence stands here") for record in covered)
    yield from _unknown(entry, found, known, "piece of evidence", "in the records that it covers", related)


def _unknown(
    entry: Entry[Any],
    found: Iterable[tuple[KeyPath, str]],
    known: Sequence[str],
    noun: str,
    where: str,
    related: tuple[Place, ...] = (),
) -> Iterator[Hit]:
    for path, name in found:
        if name not in known:
            message = f"There is no {noun} `{words.shown(name)}` {where}{words.suggestion(name, known)}"
            yield Hit(Place(entry, path), message, f"Correct the id, or add the {noun}.", related=related)
