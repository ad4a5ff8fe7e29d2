"""Whether people were told as often as policy, or the message before, had promised: the share of intervals that were kept.

It asks `duties.updates`, as the rule IB505 does.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from incidentbook import duties
from incidentbook.duties import updates
from incidentbook.figures import Figure
from incidentbook.metrics import Scope
from incidentbook.records.policy.communications import CommunicationsPolicy

ORDER = 80
GROUP = "Communication"


def compute(scope: Scope) -> Iterator[Figure]:
    """Yield the share of intervals between updates that were kept, then that of incidents in which all were."""
    policy, base = scope.repo.policy(CommunicationsPolicy), scope.repo.knowledge_base
    clock = duties.Standing(scope.now, scope.repo.zone)
    excluded = Counter(scope.population.excluded)
    kept = judged = whole = incidents = running = 0
    for incident in scope.population.counted:
        if not duties.is_judged(incident, policy.effective_from, scope.repo.zone):
            excluded["not judged by the policy"] += 1
            continue
        owed = policy.owed(incident.severity, incident.disclosure or base.default_disclosure)
        if owed is None:
            excluded["nothing owed"] += 1
            continue
        found = [stretch for stretch in updates.stretches(incident, owed, clock) if stretch.fell_due]
        running += incident.is_open
        kept += sum(stretch.kept for stretch in found)
        judged += len(found)
        incidents += bool(found)
        whole += bool(found) and all(stretch.kept for stretch in found)
    text = "from the declaration on, messages to those whom the cadence of `policy/communications.yml` names"
    yield Figure.estimated(
        "updates-in-time", "Updates sent in time", "percent", scope.share(kept, judged),
        f"{text}: intervals that were no longer than it, or than the message before had promised, of all that came due",
        excluded=dict(excluded), open=running, counts_open=True,
    )  # fmt: skip
    yield Figure.estimated(
        "cadence-kept", "Incidents with every update in time", "percent", scope.share(whole, incidents),
        f"{text}: incidents in which every interval that came due was kept",
        excluded=dict(excluded), open=running, counts_open=True, detail=True,
    )  # fmt: skip
