"""``inc reopen``: it is not over after all."""

from __future__ import annotations

from incidentbook.cli._moves import moving
from incidentbook.records.vocabulary import Status

command = moving(
    Status.INVESTIGATING,
    "reopen",
    "Open it again: it is not over after all, or goes back to looking for the cause.",
    needs_reason=True,
)
