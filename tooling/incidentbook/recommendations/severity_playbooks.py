"""Write down what to do in the scenarios that come again, by severity.

What calls for it: two or more incidents of the same severity and type, some of which name no playbook that responders used.

Silent when: a playbook was used in each scenario that came twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.incident import Incident

KIND = Kind.SYSTEM
WHAT = "Create incident severity playbooks for common scenarios"
_COMMON = 2


def look(asked: Asked) -> Iterator[Advice]:
    """Yield one with a reason for each scenario."""
    scenarios: dict[tuple[str, str], list[Incident]] = defaultdict(list)
    for item in asked.judged:
        if item.severity is not None and item.type is not None:
            scenarios[item.severity.label, item.type.label.lower()].append(item)
    reasons = []
    for (severity, kind), found in sorted(scenarios.items()):
        without = [item for item in found if not item.playbooks]
        if len(found) >= _COMMON and without:
            noun = f"{severity} incidents of type {kind}"
            reasons.append(Reason.share(without, len(found), "named no playbook that was used", noun))
    if reasons:
        yield Advice(tuple(sorted(reasons, key=lambda one: -len(one.incidents))))
