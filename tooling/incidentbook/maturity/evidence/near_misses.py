"""Near misses that were recorded like incidents, and written up."""

from __future__ import annotations

from incidentbook.maturity.evidence import Asked, Found


def look(asked: Asked) -> Found:
    """Count those that started in the stretch of time."""
    found = [item.id for item in asked.repo.all_incidents() if item.near_miss and asked.window.holds(item.started)]
    return Found(float(len(found)), len(found), f"near misses recorded in {asked.window.label}", tuple(found))
