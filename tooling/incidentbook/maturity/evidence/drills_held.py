"""Drills: incidents with ``exercise: true`` that started in the stretch of time."""

from __future__ import annotations

from incidentbook.maturity.evidence import Asked, Found


def look(asked: Asked) -> Found:
    """Count them."""
    found = [item.id for item in asked.repo.all_incidents() if item.exercise and asked.window.holds(item.started)]
    return Found(float(len(found)), len(found), f"drills in {asked.window.label}", tuple(found))
