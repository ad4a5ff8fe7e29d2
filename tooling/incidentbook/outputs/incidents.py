"""What `inc list --json` prints: a bare list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs.common import Instant

SAYS = "What `inc list --json` prints: incidents, the newest first."


class Incident(TypedDict):
    """One incident, in short."""

    id: Annotated[str, "Its id."]
    title: Annotated[str, "Its title."]
    severity: Annotated[str | None, "sev1 to sev4, or unclassified; null where it cannot be read."]
    status: Annotated[str | None, "Where it stands; null where that cannot be read."]
    type: Annotated[str | None, "What sort of harm it did; null where it does not say."]
    services: Annotated[Sequence[str], "The services that were hit, by their slugs."]
    started: Annotated[Instant | None, "When it started; null where nobody knows."]
    seconds_to_resolve: Annotated[float | None, "From started to resolved, in seconds; null where either is not known."]
    exercise: Annotated[bool, "Whether it is a drill."]
    near_miss: Annotated[bool, "Whether it is a near miss."]
    last_seen: Annotated[str | None, "When the source that it was imported from was last seen; null for others."]


Output = Sequence[Incident]
