"""Hold post-mortems while details are fresh.

What calls for it: resolved incidents whose severity requires a post-mortem and that have none though its time is over, or one
that was held late, is not held yet though it should be, or is planned for too late a day.

Silent when: each was held in the time that `policy/severities.yml` gives, or that time still runs.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.duties import postmortems
from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.incident import Incident
from incidentbook.records.time import parse_duration

KIND = Kind.PROCESS
WHAT = "Hold post-mortems within the time that policy gives"


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where a post-mortem is missing or late."""
    owed = [item for item in asked.counted if postmortems.owed(item, asked.severities, asked.zone)]
    missing = [item for item in owed if _missing(asked, item)]
    late = [item for item in owed if _late(asked, item)]
    found = ((missing, "had none by the end of its time"), (late, "had it late, or will have it late"))
    noun = "incidents that owe a post-mortem"
    reasons = tuple(Reason.share(hits, len(owed), said, noun) for hits, said in found if hits)
    if reasons:
        yield Advice(reasons)


def _missing(asked: Asked, incident: Incident) -> bool:
    if asked.repo.postmortem_of(incident.id) is not None:
        return False
    resolved = incident.milestone("resolved")
    within = parse_duration(asked.severities.level(incident.severity).postmortem_within)
    return resolved is not None and within is not None and asked.clock.is_over(resolved.at + within)


def _late(asked: Asked, incident: Incident) -> bool:
    found = asked.repo.postmortem_of(incident.id)
    if found is None or found.status == "skipped":
        return False
    due = postmortems.due(found, asked.repo.incident, asked.severities, asked.clock)
    return due is not None and postmortems.late(found, due.at, asked.clock) is not None
