"""What `inc actions burndown --json` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs.common import AsOf, Count, Instant, Window


class Level(TypedDict):
    """One stretch of time; its counts are null where the past does not reach back so far, or Git's times say nothing here."""

    window: Annotated[Window, "The stretch."]
    committed: Annotated[Count | None, "Items that began to bind somebody in it."]
    finished: Annotated[Count | None, "Items that became done or verified in it."]
    reopened: Annotated[Count | None, "Items that were done or cancelled, and became open again in it."]
    dropped: Annotated[Count | None, "Open items that were cancelled, made proposals again or taken away in it."]
    open: Annotated[Count | None, "At its end, committed to and not finished."]
    overdue: Annotated[Count | None, "Of these, late by the due day that they had then, without a waiver that held."]
    done: Annotated[Count | None, "Done or verified at its end."]


class Output(TypedDict):
    """What `inc actions burndown --json` prints: how many action items were open, overdue and done, from Git."""

    commit: Annotated[str, "The commit up to which the past is told, by its whole name."]
    as_of: AsOf
    begins: Annotated[Instant | None, "The time of the first commit that is known; null without one."]
    definition: Annotated[str, "What the counts mean."]
    items: Annotated[Count, "How many items there ever were that the reader may see."]
    left_out: Annotated[Mapping[str, Count], "How many were left out, by reason."]
    notes: Annotated[Sequence[str], "What a reader should know of these times."]
    levels: Annotated[Sequence[Level], "The oldest first."]
