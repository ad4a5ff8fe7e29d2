"""What `inc postmortem due --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import AsOf, Instant, Name


class Due(TypedDict):
    """A post-mortem that policy asks for and that has not been held."""

    incidents: Annotated[Sequence[str], "The ids of the incidents that it is about."]
    title: Annotated[str, "The title of the first of them."]
    severity: Annotated[str | None, "The severity of the first of them."]
    due: Annotated[Instant, "Until when policy wants it."]
    seconds_left: Annotated[float, "How long its clock still runs; below zero it has run out."]
    overdue: Annotated[bool, "Whether its clock has run out."]
    status: Annotated[str, "How far it is.", More(enum=["missing", "draft", "in-review"])]
    planned: Annotated[str | None, "The day that is planned for it; null where none is."]
    path: Annotated[str | None, "Its file; null where there is none."]


class Output(TypedDict):
    """What `inc postmortem due --json` prints: the post-mortems that are still owed, the most urgent first."""

    knowledge_base: Name
    as_of: AsOf
    due: Annotated[Sequence[Due], "Those that are owed; empty where none is."]
