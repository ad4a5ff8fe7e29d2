"""Rotations for tests, from what a file says of them."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from incidentbook.records.build import build
from incidentbook.records.policy.rotation import RotationPolicy
from incidentbook.rotation.shifts import Shift, shifts
from kb import at

LISBON, NEW_YORK, UTC = ZoneInfo("Europe/Lisbon"), ZoneInfo("America/New_York"), ZoneInfo("UTC")
ROTATION: dict[str, Any] = {
    "id": "lead", "role": "incident-commander", "teams": ["red", "green", "blue"], "type": "weekly",
    "start": "2025-01-06T09:00:00Z",
}  # fmt: skip


def policy(overrides: object = (), holidays: object = (), **rotation: Any) -> RotationPolicy:
    """Return a policy with one rotation."""
    plain = {"rotations": [ROTATION | rotation], "overrides": [*overrides], "holidays": [*holidays]}  # type: ignore[misc]
    made = build(RotationPolicy, plain)
    assert made is not None
    return made


def override(team: str, since: str, until: str, reason: str = "") -> dict[str, str]:
    """Return an override of it."""
    return {"rotation": "lead", "team": team, "from": f"{since}:00Z", "to": f"{until}:00Z", "reason": reason}


def found(made: RotationPolicy, start: str, end: str, zone: ZoneInfo = UTC) -> list[Shift]:
    """Return the shifts of a window."""
    return shifts(made, made.rotations[0], zone, at(start), at(end))


def local(shown: list[Shift], zone: ZoneInfo) -> list[str]:
    """Write shifts as a reader in ``zone`` sees them: start and team."""
    return [f"{one.start.astimezone(zone):%m-%d %H:%M} {one.team or 'nobody'}" for one in shown]
