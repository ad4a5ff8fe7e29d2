"""``inc cancel``: it was no incident."""

from __future__ import annotations

from incidentbook.cli._moves import moving
from incidentbook.records.vocabulary import Status

command = moving(Status.CANCELLED, "cancel", "Say that it was no incident.", needs_reason=True)
