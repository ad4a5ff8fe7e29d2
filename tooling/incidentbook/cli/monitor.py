"""``inc monitor``: a fix is in, and people watch."""

from __future__ import annotations

from incidentbook.cli._moves import moving
from incidentbook.records.vocabulary import Status

command = moving(Status.MONITORING, "monitor", "Say that a fix is in and people watch.")
