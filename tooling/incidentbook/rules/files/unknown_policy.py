"""A policy file that has no meaning.

What it checks
    Every `.yml` file in `policy/` has the name of a policy: `services`, `severities`, `factors` and so on.

Why it matters
    A policy under a misspelt name is ignored, and the rules and figures that need it fall silent.

Bad example
    # policy/service.yml
    effective_from: 2025-01-01

Good example
    # policy/services.yml
    effective_from: 2025-01-01
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook import resources, schema
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, words
from incidentbook.rules.context import Context

CODE = "IB003"
NAME = "unknown-policy"
SUMMARY = "A file in policy/ has a name that means nothing"
GRADE = Grade.ERROR
_RECORDS = ("incident", "postmortem", "playbook")


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield the file when no schema has its name."""
    del context
    if not entry.path.startswith("policy/") or schema.exists(entry.kind):
        return
    known = [name for name in resources.schema_names() if name not in _RECORDS]
    name = entry.path.removeprefix("policy/").removesuffix(".yml")
    message = f"There is no policy called `{words.shown(name)}`{words.suggestion(name, known)}"
    yield Hit(Place(entry), message, f"Policies are {words.listing(known, 20)}.")
