"""What `inc actions overdue --json` prints: a bare list."""

from __future__ import annotations

from collections.abc import Sequence

from incidentbook.outputs.common import Item

SAYS = "What `inc actions overdue --json` prints: committed items that are late, those with a waiver that holds last."
Output = Sequence[Item]
