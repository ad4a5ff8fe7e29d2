"""What several outputs have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, NotRequired, TypedDict

from incidentbook.outputs import More, Shared

Count = Annotated[int, More(minimum=0)]
Day = Annotated[str, More(format="date")]
Figure = Annotated[Mapping[str, object], Shared("figure")]
Instant = Annotated[str, Shared("instant")]
Window = Annotated[Mapping[str, object], Shared("window")]
AsOf = Annotated[Instant, '"Now": what is open or overdue is so at this instant.']
Name = Annotated[str, "The name of the knowledge base, from policy/knowledge-base.yml."]
Audience = Annotated[
    str, "For whom it was made: nothing narrower is in it.", More(enum=["public", "internal", "restricted"])
]
Page = Annotated[
    str, "Where its page is: an address where that of the site is known, else a path below the root of the site."
]
Origin = Annotated[
    str, "The commit that the files were read from, with `-dirty` where they were changed since; empty outside Git."
]


class Difference(TypedDict):
    """A fact that is not the same."""

    path: Annotated[str, "Where it stands, for people: `milestones.resolved`, `timeline[t2]`."]
    before: Annotated[str | None, "What it was, in short; null where it was not there."]
    after: Annotated[str | None, "What it is; null where it is not there any more."]


class Commit(TypedDict):
    """A commit; nobody's name is in it."""

    commit: Annotated[str, "Its short name."]
    at: Annotated[Instant, "The committer's time."]
    subject: Annotated[str, "The first line of what it says of itself; empty for an audience, as it has no level."]


class Item(TypedDict):
    """An action item with the place that it stands in."""

    id: Annotated[str, "Its id."]
    title: Annotated[str, "What will be different when it is done."]
    incidents: Annotated[Sequence[str], "The ids of the incidents that its post-mortem covers."]
    priority: Annotated[str, "high, medium or low; empty where it says none."]
    severity: Annotated[str | None, "The worst severity of these incidents; null where none can be read."]
    factors: Annotated[Sequence[str], "The contributing factors that it is against, by their slugs."]
    owner: Annotated[str, "The team that does it, by its slug; empty where there is none."]
    due: Annotated[Day | None, "The last day on which it is in time; null where it has none."]
    status: Annotated[str | None, "Its status; null where it has none that can be read."]
    late: Annotated[bool, "Whether the day that it is held to has ended."]
    waived_until: Annotated[Day | None, "The last day of a waiver that holds; null without one."]
    overdue: Annotated[bool, "Whether it is late and no waiver holds."]
    occurrence: NotRequired[
        Annotated[Day | None, "Of one that comes round again: the first day that is owed; null where none is left."]
    ]
    occurrences_late: NotRequired[Annotated[Count, "Of one that comes round again: how many days are late."]]
    came_back: NotRequired[
        Annotated[
            Sequence[str],
            "Of a finished one: the incidents that had a factor which it is against since.",
            More(minItems=1),
        ]
    ]
    path: Annotated[str, "The file that it stands in."]
    line: Annotated[Count, "The line in that file."]
