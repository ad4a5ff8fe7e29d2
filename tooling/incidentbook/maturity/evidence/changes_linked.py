"""Incidents whose record lists the changes near their start, whether or not one of them was the cause."""

from __future__ import annotations

from incidentbook.maturity.evidence import Asked, Found


def look(asked: Asked) -> Found:
    """Return the share."""
    against = [item.id for item in asked.counted if not item.changes]
    return Found.share(len(asked.counted) - len(against), len(asked.counted), "incidents with linked changes", against)
