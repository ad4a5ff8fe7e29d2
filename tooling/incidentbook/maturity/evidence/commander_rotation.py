"""How many teams have provided the incident commander: a role that only one team can fill is no role."""

from __future__ import annotations

from incidentbook.duties import commander
from incidentbook.maturity.evidence import Asked, Found


def look(asked: Asked) -> Found:
    """Count the teams that held the role."""
    teams = {
        role.holder for item in asked.counted for role in item.roles if role.role == commander.ROLE and role.holder
    }
    return Found(
        float(len(teams)), len(teams), f"teams that commanded incidents in {asked.window.label}", tuple(sorted(teams))
    )
