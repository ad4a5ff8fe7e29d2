"""Types of incidents that came twice and for which there is a playbook."""

from __future__ import annotations

from collections import Counter

from incidentbook.maturity.evidence import Asked, Found

_OFTEN = 2


def look(asked: Asked) -> Found:
    """Return the share of types."""
    counts = Counter(item.type for item in asked.counted if item.type is not None)
    often = [kind for kind, count in counts.items() if count >= _OFTEN]
    there = {entry.record.type for entry in asked.repo.playbooks if entry.record is not None}
    against = sorted(kind.value for kind in often if kind not in there)
    return Found.share(len(often) - len(against), len(often), "types that came twice and have a playbook", against)
