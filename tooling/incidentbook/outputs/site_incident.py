"""What `api/v1/incidents/ID.json` of a published knowledge base holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypedDict

from incidentbook.outputs import View
from incidentbook.outputs.common import Name, Page


class Output(TypedDict):
    """What `api/v1/incidents/ID.json` of a published knowledge base holds: one incident, whole."""

    knowledge_base: Name
    page: Page
    postmortem: Annotated[str | None, "Where its post-mortem is, as seen from this file; null where there is none."]
    durations: Annotated[Mapping[str, float], "Its response times in seconds, by their keys in policy/metrics.yml."]
    incident: Annotated[
        Mapping[str, object],
        "The record in the keys of incident.schema.json; what this audience is not told, and what it does not say, is left out.",
        View("incident"),
    ]
