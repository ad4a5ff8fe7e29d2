"""A field of narrower disclosure that a record cannot have.

What it checks
    Each path under `field_disclosure` leads to a field that a record may have. Entries of a list have no path: each may carry a
    `disclosure` of its own.

Why it matters
    Nobody can say what a misspelt path was meant to hide. So that nothing gets out, the smallest whole that holds it is hidden,
    which may be the record.

Bad example
    # incidents/2025/INC-2025-001.yml
    field_disclosure:
      impact.busines: internal

Good example
    # incidents/2025/INC-2025-001.yml
    field_disclosure:
      impact.business: internal
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from incidentbook import schema
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, Place, words
from incidentbook.rules.context import Context

CODE = "IB409"
NAME = "unknown-field"
SUMMARY = "A path of field_disclosure leads to no field"
GRADE = Grade.ERROR
_FREE = ("provenance", "original")  # an importer keeps there whatever it did not understand


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at every path that leads nowhere, with the field that was probably meant."""
    del context
    value = entry.document.value
    levels = value.get("field_disclosure") if entry.kind == "incident" and isinstance(value, Mapping) else None
    for path in levels if isinstance(levels, Mapping) else ():
        steps = path.split(".")
        known = next((step for step in range(len(steps)) if not schema.describe("incident", steps[: step + 1])), None)
        if known is None or steps[0].startswith("x-") or tuple(steps[:2]) == _FREE:
            continue
        parent = schema.describe("incident", steps[:known])
        whole = f"`{'.'.join(steps[:known])}`" if known else "A record"
        meant = words.suggestion(steps[known], list(parent.get("properties", {})))
        message = f"{whole} has no field `{words.shown(steps[known])}`{meant}"
        in_list = parent.get("type") == "array"
        hint = (
            "Give the entry a `disclosure` of its own."
            if in_list
            else "Until it is corrected, more is hidden than you mean."
        )
        yield Hit(Place(entry, ("field_disclosure", path), key=True), message, hint)
