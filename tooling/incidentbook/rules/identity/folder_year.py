"""A record in the folder of another year.

What it checks
    `incidents/2025/` and `postmortems/2025/` hold the files of ids `INC-2025-…`.

Why it matters
    The year in an id is how a person finds its folder; a file in the wrong one is found by nobody in a hurry.

Bad example
    # incidents/2024/INC-2025-002.yml (whole)
    id: INC-2025-002
    title: Search was slow
    status: declared
    severity: sev3
    milestones: {started: 2025-01-15T02:30:00Z}

Good example
    # incidents/2025/INC-2025-002.yml (whole)
    id: INC-2025-002
    title: Search was slow
    status: declared
    severity: sev3
    milestones: {started: 2025-01-15T02:30:00Z}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context

CODE = "IB302"
NAME = "folder-year"
SUMMARY = "A record lies in the folder of another year"
GRADE = Grade.ERROR
KINDS = ("incident", "postmortem")
_NAME = re.compile(r"INC-([0-9]{4})-[0-9]+\.(?:yml|md)\Z")


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield the file when its folder is not the year of its name."""
    del context
    top, *folders, name = entry.path.split("/")
    match = _NAME.match(name)
    if match is None or folders == [match[1]]:
        return
    where = f"in `{'/'.join([top, *folders])}/`"
    key = "id" if entry.kind == "incident" else "incidents"
    hint = f"Move the file to `{top}/{match[1]}/{name}`."
    yield Hit(Place(entry, (key,)), f"A record of {match[1]} lies {where}", hint)
