"""The computed parts of a post-mortem: what each says, by its name.

What a part says follows from what the post-mortem's readers may see, and from nothing that comes later: of an incident that is
over, no clock is asked. So a part changes when its records do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from incidentbook import disclosure, marked
from incidentbook.computed import past, record
from incidentbook.computed.case import Case
from incidentbook.errors import EditError, UnreadableError
from incidentbook.records.incident import Incident
from incidentbook.records.postmortem import Postmortem
from incidentbook.repository import Repository

Lines = Callable[[Case, Incident], Iterator[str]]
OF_RECORD: Mapping[str, Lines] = MappingProxyType(
    {
        "facts": record.facts,
        "timeline": record.timeline,
        "impact": record.impact,
        "response-times": record.response_times,
        "roles": record.roles,
        "communications": record.communications,
        "changes": record.changes,
        "hypotheses": record.hypotheses,
    }
)
PARTS: Mapping[str, Lines] = MappingProxyType({**OF_RECORD, "similar": past.similar})


def case(repo: Repository, postmortem: Postmortem, now: dt.datetime) -> Case:
    """Return what the parts of a post-mortem are made from: what its readers may see.

    Raises:
        UnreadableError: one of its incidents is missing, or nobody can be sure who may read what of it.

    """
    view = disclosure.view(repo, disclosure.level_of_postmortem(repo, postmortem))
    found = [view.incident(name) for name in postmortem.incidents]
    for name, incident in zip(postmortem.incidents, found, strict=True):
        if incident is None:
            raise UnreadableError(
                f"The record of {name} does not say clearly what the readers of its post-mortem may see",
                hint="`inc check` says what to mend.",
            )
    return Case(view, tuple(incident for incident in found if incident is not None), now)


def part(case: Case, name: str) -> str:
    """Return what stands in the part called ``name``, with the blank lines that Markdown wants round it. Raises EditError."""
    if name not in PARTS:
        raise EditError(f"There is no computed part {name!r}", hint=f"There are: {', '.join(PARTS)}.")
    pieces: list[str] = []
    for incident in case.incidents:
        lines = list(PARTS[name](case, incident)) or ["Nothing recorded."]
        heading = [f"**{incident.id}**", ""] if len(case.incidents) > 1 else []
        pieces += ["", *heading, *lines]
    return "\n".join([*pieces, "", ""])


def refreshed(text: str, case: Case) -> str:
    """Return a post-mortem with its computed parts made anew; every other character stays. Raises EditError."""
    return marked.replaced(text, lambda name: part(case, name))
