"""Whether the post-mortems that policy requires were written, and within the time that it gives (`duties.postmortems`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from incidentbook import duties
from incidentbook.duties import postmortems
from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.records.incident import Incident
from incidentbook.records.policy.severities import Severities
from incidentbook.records.vocabulary import Severity

ORDER = 60
GROUP = "Follow-through"


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield coverage, and the share held or published in time; both over the incidents of the window that owe one."""
    matrix, zone = scope.repo.policy(Severities), scope.repo.zone
    asked = [incident for incident in scope.population.counted if _required(incident, matrix)]
    resolved = [incident for incident in asked if incident.milestone("resolved")]
    owed = [incident for incident in resolved if postmortems.owed(incident, matrix, zone)]
    excluded = Counter(scope.population.excluded)
    if len(owed) < len(resolved):
        excluded["not judged by the policy"] = len(resolved) - len(owed)
    found = [scope.repo.postmortem_of(incident.id) for incident in owed]
    written = sum(1 for postmortem in found if postmortem and postmortem.status != "skipped")
    verdicts = Counter(_verdict(scope, incident, matrix) for incident in owed)
    more = {"excluded": dict(excluded), "open": len(asked) - len(resolved)}
    yield Figure.estimated(
        "postmortem-coverage", "Post-mortem coverage", "percent", scope.share(written, len(owed)),
        "resolved incidents that require a post-mortem and have one, drafts included", **more,
    )  # fmt: skip
    waiting = verdicts["waiting"]
    yield Figure.estimated(
        "postmortem-in-time", "Post-mortems held in time", "percent",
        scope.share(verdicts["in time"], verdicts["in time"] + verdicts["late"]),
        "of those, held (or published, where no day is given) within the policy's time after resolution",
        note=f"{waiting} still within its time" if waiting else "", missing=verdicts["unknown"], **more,
    )  # fmt: skip


def _required(incident: Incident, matrix: Severities) -> bool:
    known = incident.severity is not None and incident.severity is not Severity.UNCLASSIFIED
    return known and matrix.level(incident.severity).postmortem == "required"


def _verdict(scope: Scope, incident: Incident, matrix: Severities) -> str:
    """Return ``in time``, ``late``, ``waiting`` (time is left), or ``unknown``: policy gives no time, or the file no day."""
    clock = duties.Standing(scope.now, scope.repo.zone)
    postmortem = scope.repo.postmortem_of(incident.id)
    by = postmortems.deadline(incident, postmortem, scope.repo.incident, matrix, clock)
    if by is None:
        return "unknown"
    late = postmortems.late(postmortem, by, clock) if postmortem else None
    if late is not None and late[0] != "scheduled":
        return "late"
    if postmortem and (postmortem.held or postmortem.published):
        return "in time"
    if postmortem and postmortem.status == "published":
        return "unknown"
    return "late" if clock.is_over(by) else "waiting"
