"""Whether the post-mortems that policy requires were written, and within the time that it gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.records.policy.severities import Severities
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import end_of_day, parse_duration
from incidentbook.records.vocabulary import Severity

ORDER = 60
GROUP = "Follow-through"


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield coverage, and the share held or published in time; both over resolved incidents of the window."""
    matrix = scope.repo.policy(Severities)
    required = [
        item
        for item in scope.population.counted
        if item.severity is not Severity.UNCLASSIFIED and matrix.level(item.severity).postmortem == "required"
    ]
    resolved = [(item, moment.at) for item in required if (moment := item.milestone("resolved"))]
    written = in_time = waiting = judged = 0
    for incident, at in resolved:
        postmortem = scope.repo.postmortem_of(incident.id)
        within = parse_duration(matrix.level(incident.severity).postmortem_within) or dt.timedelta(hours=48)
        done = _held(scope, postmortem)
        written += postmortem is not None and postmortem.status != "skipped"
        if done is None and scope.now < at + within:
            waiting += 1
            continue
        judged += 1
        in_time += done is not None and done <= at + within
    more = {"excluded": scope.population.excluded, "open": len(required) - len(resolved)}
    yield Figure.estimated(
        "postmortem-coverage", "Post-mortem coverage", "percent", scope.share(written, len(resolved)),
        "resolved incidents that require a post-mortem and have one, drafts included", **more,
    )  # fmt: skip
    yield Figure.estimated(
        "postmortem-in-time", "Post-mortems held in time", "percent", scope.share(in_time, judged),
        "of those, held (or published, where no day is given) within the policy's time after resolution",
        note=f"{waiting} still within its time" if waiting else "", **more,
    )  # fmt: skip


def _held(scope: Scope, postmortem: Postmortem | None) -> dt.datetime | None:
    """Return the first instant of the day on which it was held: a day is all that the front matter gives."""
    day = (postmortem.held or postmortem.published) if postmortem else None
    return end_of_day(day, scope.repo.zone) - dt.timedelta(days=1) if day else None
