"""Incidents that monitoring found before anybody else had to."""

from __future__ import annotations

from incidentbook.maturity.evidence import Asked, Found


def look(asked: Asked) -> Found:
    """Return the share of those whose record says how they were found."""
    known = [item for item in asked.counted if item.detection.by != "unknown"]
    against = [item.id for item in known if item.detection.by != "monitoring"]
    return Found.share(len(known) - len(against), len(known), "incidents found by monitoring", against)
