"""Say more clearly which severity an incident has.

What calls for it: incidents whose severity was changed while they ran, that the business-impact matrix would have given another
one, or whose severity somebody had to decide against the matrix.

Silent when: every incident kept the severity that it was declared with, and that is the matrix's. What the matrix says where no
criterion is met counts for nothing: the record may hold too few facts.
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook import assessment, downtime
from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.incident import Incident

KIND = Kind.PROCESS
WHAT = "Update incident severity classification guidelines"


def look(asked: Asked) -> Iterator[Advice]:
    """Yield it where a severity was in doubt."""
    incidents = asked.judged
    changed = [item for item in incidents if len({change.to for change in item.severity_history if change.to}) > 1]
    decided = [item for item in incidents if item.classification.override is not None]
    impact = _impact(asked)
    matrix = [item for item in incidents if item.classification.override is None and _other(asked, item, impact)]
    found = (
        (changed, "changed severity on the way"),
        (decided, "had a severity decided against the matrix"),
        (matrix, "had another severity than the matrix gives"),
    )
    reasons = tuple(Reason.share(hits, len(incidents), said) for hits, said in found if hits)
    if reasons:
        yield Advice(reasons)


def _impact(asked: Asked) -> downtime.Impact:
    """Return the impact that service levels are taken from; none where they decide nothing, as they take long."""
    levels = asked.severities.severities.values()
    decides = any(criterion.measure == "slo_breached" for level in levels for criterion in level.any)
    return asked.scope.impact if decides else downtime.Impact(())


def _other(asked: Asked, incident: Incident, impact: downtime.Impact) -> bool:
    verdict = assessment.judge(asked.repo, incident, asked.levels_window, asked.now, impact)
    decided = any(item.deciding and item.met for item in verdict.criteria)
    return decided and verdict.severity is not incident.severity
