"""What `inc actions list --json` prints: a bare list of items, or of groups with `--group-by`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import Count, Instant, Item

SAYS = "What `inc actions list --json` prints: action items, the most urgent first; with `--group-by` groups of them."


class Aged(Item):
    """An action item with what Git says of its past, as `--ages` asks."""

    created: Annotated[Instant | None, "When it was first committed; null where that is not known."]
    status_since: Annotated[Instant | None, "Since when it has had its status; null where that is not known."]
    status_age_seconds: Annotated[Count | None, "For how long it has had its status; null where that is not known."]
    status_age_at_least: Annotated[
        bool | None, "Whether the past reaches no further back than that; null without a past."
    ]
    reopened: Annotated[Count | None, "How often it was opened again; null without a past."]
    due_moved: Annotated[Count | None, "How often its due day was moved; null without a past."]


class Group(TypedDict):
    """The items that have something in common."""

    group: Annotated[str, "What they have in common, for people."]
    items: Annotated[Sequence[Item | Aged], "The items.", More(minItems=1)]


Output = Sequence[Item | Aged | Group]
