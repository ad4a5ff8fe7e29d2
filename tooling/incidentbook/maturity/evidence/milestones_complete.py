"""Incidents that are over and whose record says when they started, were detected, acknowledged and resolved."""

from __future__ import annotations

from incidentbook.maturity.evidence import Asked, Found

_ASKED = ("started", "detected", "acknowledged", "resolved")


def look(asked: Asked) -> Found:
    """Return the share that has all four."""
    over = [item for item in asked.counted if not item.is_open]
    against = [item.id for item in over if not all(item.milestone(name) for name in _ASKED)]
    return Found.share(len(over) - len(against), len(over), "incidents with all four milestones", against)
