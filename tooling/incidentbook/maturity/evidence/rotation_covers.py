"""Hours of the coming week at which the rota says which team responds."""

from __future__ import annotations

import datetime as dt

from incidentbook.maturity.evidence import Asked, Found
from incidentbook.records.policy.rotation import RotationPolicy
from incidentbook.rotation import shifts

_HOURS = 168


def look(asked: Asked) -> Found:
    """Return the share of hours that some rotation covers."""
    policy = asked.repo.policy(RotationPolicy)
    if not policy.rotations:
        return Found(0.0, 0, "hours of the coming week with a team on call", unit="percent")
    roles = dict.fromkeys(rotation.role for rotation in policy.rotations)
    held = sum(
        any(shifts.on_call(policy, role, asked.repo.zone, asked.now + dt.timedelta(hours=hour)) for role in roles)
        for hour in range(_HOURS)
    )
    return Found.share(held, _HOURS, "hours of the coming week with a team on call", [])
