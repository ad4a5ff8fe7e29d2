"""``inc identify``: the cause is known."""

from __future__ import annotations

from incidentbook.cli._moves import moving
from incidentbook.records.vocabulary import Status

command = moving(Status.IDENTIFIED, "identify", "Say that the cause is known.")
