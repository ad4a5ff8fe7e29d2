"""Where a text names an incident, and which of these places follow the incident to another number. No I/O."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from incidentbook import edit
from incidentbook.document import Document, point_behind
from incidentbook.span import Edit

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^\s<>\"'`)\]}]*", re.IGNORECASE)
PROVENANCE = "provenance"
_FOREIGN = "how another system calls it"
_OUTSIDE = "an address outside the knowledge base"


class Mention(NamedTuple):
    """One place that names the incident.

    Attributes:
        start: its 0-based offset in the text.
        line: 1-based.
        column: 1-based, in characters.
        left: why it stays as it is; empty where it follows.

    """

    start: int
    line: int
    column: int
    left: str = ""


def find(document: Document, incident_id: str, apart: Collection[str] = (), because: str = "") -> list[Mention]:
    """Return every place at which the text of ``document`` names the incident, comments and prose included.

    What is part of a longer name (`INC-2025-0041`, `INC-2025-004-draft`) is another name. Left as they are: addresses of other
    places, what `provenance` holds, and for the reason ``because`` the values of the record's keys ``apart``.
    """
    text = document.text
    pattern = re.compile(rf"(?<![\w-]){re.escape(incident_id)}(?!\w|-\w)", re.ASCII)
    starts = [match.start() for match in pattern.finditer(text)]
    if not starts:
        return []
    kept = [(match.start(), match.end(), _OUTSIDE) for match in _ADDRESS.finditer(text)]
    for path in _provenances(document.value):
        kept += [(*_reach(document, path), _FOREIGN)]
    for key in apart:
        kept += [(*_reach(document, (key,)), because)]
    found = []
    for start in starts:
        place = point_behind(text[:start])
        left = next((why for begin, end, why in kept if begin <= start < end), "")
        found.append(Mention(start, place.line, place.column, left))
    return found


def changed(text: str, mentions: Collection[Mention], old: str, new: str) -> str:
    """Return ``text`` with ``new`` at every mention of ``old`` that follows; every other byte stays."""
    edits = [Edit(each.start, each.start + len(old), new) for each in mentions if not each.left]
    return edit.apply(text, edits)


def _provenances(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of every `provenance` in plain data."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == PROVENANCE:
                yield (*path, key)
            else:
                yield from _provenances(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _provenances(inner, (*path, index))


def _reach(document: Document, path: tuple[str | int, ...]) -> tuple[int, int]:
    """Return where the value at ``path`` starts and ends; an empty stretch where it leads nowhere."""
    node = document.node(path)
    return (0, 0) if node is None else (document.offset(node.start_mark), document.offset(node.end_mark))
