"""``inc resolve``: it is over."""

from __future__ import annotations

from incidentbook.cli._moves import moving
from incidentbook.records.vocabulary import Status

command = moving(Status.RESOLVED, "resolve", "Say that it is over. Impact phases that still last end then.")
