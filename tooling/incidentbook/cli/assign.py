"""``inc assign``: who does what."""

from __future__ import annotations

from incidentbook.cli._roles import giving

command = giving(
    "assign",
    "Give ROLE (such as incident-commander) to the team HOLDER (default: the one on call for it); whoever held it hands it over.",
    "What the holder should know.",
    "  inc assign incident-commander\n  inc assign incident-commander sre\n  inc assign scribe devops --at -5m",
    is_handoff=False,
)
