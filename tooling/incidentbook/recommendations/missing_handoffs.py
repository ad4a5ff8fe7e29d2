"""Hand roles over in long incidents.

What calls for it: incidents in which one team held the command for longer than eight hours at a stretch, a working day. It
ends when the incident is resolved, at the latest.

Silent when: nobody commanded for longer than that without a hand-over in the record.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from incidentbook.duties import commander, end
from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.incident import Incident
from incidentbook.records.time import short

KIND = Kind.PROCESS
WHAT = "Hand the command over in incidents that outlast a shift"
_SHIFT = dt.timedelta(hours=8)


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where a team commanded for longer than a shift."""
    known = {item.id: longest for item in asked.judged if (longest := _longest(asked, item)) is not None}
    hits = [item for item in asked.judged if known.get(item.id, dt.timedelta()) > _SHIFT]
    if hits:
        most = short(max(known.values()).total_seconds())
        text = f"stayed with one team for longer than 8 hours at a stretch (the longest {most})"
        yield Advice((Reason.share(hits, len(known), text, "incidents with a commander"),))


def _longest(asked: Asked, incident: Incident) -> dt.timedelta | None:
    over = end(incident, asked.clock)
    held = (
        min(role.to.at if role.to else over, over) - role.from_.at
        for role in incident.roles
        if role.role == commander.ROLE and role.from_ is not None
    )
    return max(held, default=None)
