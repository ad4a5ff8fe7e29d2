"""Escalations: how many incidents nobody took on in time, and in how many of those the ladder was climbed.

What shows a call is the record's structure, never its words: a timeline entry of the kind `escalation`, a role held by whom the
step names, or a message over the step's channel once it was due.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from incidentbook import duties
from incidentbook.duties import escalation
from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.records.build import having
from incidentbook.records.incident import Incident
from incidentbook.records.policy.escalation import EscalationPolicy, Rung

ORDER = 24
GROUP = "Response"
KEYS = frozenset({"escalations", "escalations-due", "escalation-steps"})


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield how many incidents were escalated, how many should have been, and the share of steps that were climbed."""
    policy = scope.repo.policy(EscalationPolicy)
    counted, clock = scope.population.counted, duties.Standing(scope.now, scope.repo.zone)
    excluded = Counter(scope.population.excluded)
    called = sum(1 for incident in counted if having(incident, "timeline", "kind", escalation.CALL))
    telling = [incident for incident in counted if incident.provenance is None or incident.timeline]
    yield Figure(
        "escalations", "Incidents escalated", "count", called if telling or not counted else None,
        "incidents with a timeline entry of the kind `escalation`; an imported one without a timeline is missing",
        n=len(telling), missing=len(counted) - len(telling), excluded=scope.population.excluded,
        open=sum(incident.is_open for incident in telling), counts_open=True,
    )  # fmt: skip
    should = due = climbed = judged = running = 0
    for incident in counted:
        if not duties.is_judged(incident, policy.effective_from, scope.repo.zone):
            excluded["not judged by the policy"] += 1
            continue
        if not policy.ladder(incident.severity):
            excluded["no ladder"] += 1
            continue
        judged += 1
        running += incident.is_open
        waited = escalation.alone(incident, clock)
        steps = [] if waited is None else list(escalation.steps_due(incident, policy, waited))
        should += bool(steps)
        due += len(steps)
        climbed += sum(_climbed(incident, rung, wait) for _, rung, wait in steps)
    text = "by the ladder of `policy/escalation.yml`, since nobody had acknowledged or led it by then"
    yield Figure(
        "escalations-due", "Incidents to be escalated", "count", should if judged else None, f"incidents {text}",
        n=judged, excluded=dict(excluded), open=running, counts_open=True,
    )  # fmt: skip
    yield Figure.estimated(
        "escalation-steps", "Escalation steps climbed", "percent", scope.share(climbed, due),
        f"steps that came due {text}, and that a call, a role or a message over their channel shows",
        excluded=dict(excluded), open=running, counts_open=True, detail=not due,
    )  # fmt: skip


def _calls(incident: Incident) -> list[dt.datetime]:
    return [entry.at.at for entry in having(incident, "timeline", "kind", escalation.CALL) if entry.at]


def _climbed(incident: Incident, rung: Rung, wait: dt.timedelta) -> bool:
    began = duties.clock_start(incident)
    if any(rung.notify in (role.role, role.holder) for role in incident.roles):
        return True
    sent = [message.at.at for message in incident.communications if message.channel == rung.by and message.at]
    return began is not None and any(at >= began[0].at + wait for at in [*sent, *_calls(incident)])
