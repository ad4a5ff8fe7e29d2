"""What `api/v1/actions.json` of a published knowledge base holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs.common import AsOf, Name


class Action(TypedDict):
    """One action item in a line."""

    id: Annotated[str, "Its id."]
    title: Annotated[str, "What was promised."]
    owner: Annotated[str | None, "The team that it waits for; null where there is none."]
    priority: Annotated[str | None, "How urgent it is; null where nobody has said."]
    status: Annotated[str | None, "Where it stands; null where nobody can read it."]
    due: Annotated[str | None, "The day that it is held to; null where it has none."]
    open: Annotated[bool, "Whether somebody is bound by it and has not finished."]
    overdue: Annotated[bool, "Whether it is late without a waiver."]
    waived: Annotated[bool, "Whether it is late with a waiver."]
    incidents: Annotated[Sequence[str], "The ids of the incidents after which it was promised."]
    postmortem: Annotated[str | None, "Where its post-mortem is, as seen from this file; null where there is none."]


class Output(TypedDict):
    """What `api/v1/actions.json` of a published knowledge base holds: every action item, the most urgent first."""

    knowledge_base: Name
    as_of: AsOf
    actions: Annotated[Sequence[Action], "The action items; empty where there are none."]
