"""A playbook in the folder of another type.

What it checks
    The folder of a playbook, which its id begins with, is the type that the playbook says it is for.

Why it matters
    During an incident people look in the folder of its type and at the list of that type: the two have to agree.

Bad example
    # playbooks/availability/database-failover.md
    type: security

Good example
    # playbooks/availability/database-failover.md
    type: availability
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.records.vocabulary import IncidentType
from incidentbook.rules import Hit, Place
from incidentbook.rules.context import Context

CODE = "IB307"
NAME = "playbook-type"
SUMMARY = "A playbook lies in the folder of another type"
GRADE = Grade.WARNING
KINDS = ("playbook",)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at a type that its id does not begin with; what is no type at all is the schema rules' finding."""
    del context
    data = entry.document.value if isinstance(entry.document.value, dict) else {}
    kind, name = str(data.get("type")), str(data.get("id"))
    folder, below, _ = name.partition("/")
    types = [known.value for known in IncidentType]
    if below and kind in types and folder in types and kind != folder:
        message = f"This playbook is for the type `{kind}` and lies in the folder `{folder}`"
        hint = f"Move it to `playbooks/{kind}/` and let the id begin with `{kind}/`, or correct the type."
        yield Hit(Place(entry, ("type",)), message, hint)
