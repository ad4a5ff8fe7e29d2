"""``inc mitigate``: customers are no longer hurt."""

from __future__ import annotations

from incidentbook.cli._moves import moving
from incidentbook.records.vocabulary import Status

command = moving(Status.MITIGATED, "mitigate", "Say that customers are no longer hurt; the cause may remain.")
