"""What `api/v1/incidents.json` of a published knowledge base holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs.common import AsOf, Instant, Name, Page


class Incident(TypedDict):
    """One incident in a line."""

    id: Annotated[str, "Its id."]
    title: Annotated[str, "Its title; empty where this audience is not told."]
    status: Annotated[str | None, "Where it stands; null where this audience is not told."]
    severity: Annotated[str | None, "How bad it was: sev1 to sev4, or unclassified; null where it has none."]
    type: Annotated[str | None, "What kind of incident it was; null where nobody has said."]
    exercise: Annotated[bool, "Whether it was a drill."]
    near_miss: Annotated[bool, "Whether it was a near miss."]
    services: Annotated[Sequence[str], "The services that it hit, by their names in policy/services.yml."]
    started: Annotated[Instant | None, "When it started; null where nobody knows."]
    resolved: Annotated[Instant | None, "When it was resolved; null where it is not, or where nobody knows."]
    path: Annotated[str, "Where its record is, as seen from this file."]
    postmortem: Annotated[str | None, "Where its post-mortem is, as seen from this file; null where there is none."]
    page: Page


class Output(TypedDict):
    """What `api/v1/incidents.json` of a published knowledge base holds: every incident, newest first."""

    knowledge_base: Name
    as_of: AsOf
    incidents: Annotated[Sequence[Incident], "The incidents; empty where there are none."]
