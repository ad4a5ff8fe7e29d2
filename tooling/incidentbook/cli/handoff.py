"""``inc handoff``: a role goes on, and nothing known is lost."""

from __future__ import annotations

from incidentbook.cli._roles import giving

command = giving(
    "handoff",
    "Hand ROLE over to the team HOLDER (default: the one on call for it), with what they need to know.",
    "What was tried, what is known, what is due: all that the next holder needs.",
    '  inc handoff incident-commander platform --notes "Update at 14:30"',
    is_handoff=True,
)
