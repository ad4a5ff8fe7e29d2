"""A computed part of a post-mortem that does not say what its record says.

What it checks
    In a published post-mortem, what stands between `<!-- computed NAME -->` and `<!-- /computed NAME -->` is what follows from
    the record now, blanks and line breaks aside. Left alone are drafts, and `similar`, in which other records have a say. In
    every post-mortem each of these comments has its partner, and names a part that there is.

Why it matters
    Figures that were right when they were published go on being quoted after the record has been corrected.

Bad example
    # postmortems/2025/INC-2025-001.md (whole)
    ---
    incidents: [INC-2025-001]
    status: published
    ---

    <!-- computed impact -->

    - 2 hours of complete outage

    <!-- /computed impact -->

Good example
    # postmortems/2025/INC-2025-001.md (whole)
    ---
    incidents: [INC-2025-001]
    status: published
    ---

    <!-- computed impact -->

    - 2 hours 15 minutes of complete outage

    <!-- /computed impact -->
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from incidentbook import computed, marked
from incidentbook.computed.case import Case
from incidentbook.entry import Entry
from incidentbook.errors import UnreadableError
from incidentbook.finding import Grade
from incidentbook.records.postmortem import Postmortem
from incidentbook.rules import Hit, Place, passages, words
from incidentbook.rules.context import Context

CODE = "IB704"
NAME = "computed-part"
SUMMARY = "A computed part of a post-mortem does not say what its record says"
GRADE = Grade.WARNING
KINDS = ("postmortem",)
_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)  # what is over is told without a clock


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the opening comment of what is out of date, and at comments that open or close nothing."""
    text, postmortem = entry.document.text, entry.record
    parts, strays = marked.scan(text)
    for stray in strays:
        hint = "Put its partner back, or take it away too."
        yield Hit(_place(entry, stray.at), f"{stray.said[0].upper()}{stray.said[1:]}", hint)
    if not parts or not isinstance(postmortem, Postmortem):
        return
    for part in parts:
        if part.name not in computed.PARTS:
            yield Hit(
                _place(entry, part.begins),
                f"There is no computed part {words.shown(part.name)}",
                f"There are: {', '.join(computed.PARTS)}.",
            )
    case = _case(postmortem, context) if postmortem.status == "published" else None
    if case is None:
        return
    for part in parts:
        made = computed.part(case, part.name) if part.name in computed.OF_RECORD else None
        difference = _difference(text[part.start : part.end], made) if made is not None else ""
        if difference:
            message = f"The computed part {words.shown(part.name)} does not say what the record says: {difference}"
            yield Hit(_place(entry, part.begins), message, f"inc postmortem refresh {case.incidents[0].id}")


def _case(postmortem: Postmortem, context: Context) -> Case | None:
    """Return what its parts are made from, of its own incidents only; None where another rule says why there is nothing."""
    entries = [entry for name in postmortem.incidents for entry in context.incidents(name)]
    goes_on = any(entry.record is not None and entry.record.is_open for entry in entries)
    house = context.house.with_records(entries, [], [])
    try:
        return computed.case(house, postmortem, context.now if goes_on else _NEVER)
    except UnreadableError:
        return None


def _difference(text: str, made: str) -> str:
    """Say the first line in which a part differs from what follows from the record; empty where none does."""
    here, there = _lines(text), _lines(made)
    if here == there:
        return ""
    extra = next((line for line in here if line not in there), "")
    lacking = next((line for line in there if line not in here), "")
    if extra and lacking:
        return f"it has {_quoted(extra)} where the record has {_quoted(lacking)}"
    if lacking:
        return f"it lacks {_quoted(lacking)}"
    return f"it has {_quoted(extra)}" if extra else "its lines stand in another order"


def _quoted(line: str) -> str:
    return f'"{words.shown(line.removeprefix("- "))}"'


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def _place(entry: Entry[Any], at: int) -> Place:
    text = entry.document.text
    end = at + len(text[at:].split("\n", 1)[0].rstrip())
    return Place(entry, span=passages.span_at(text, at, end))
