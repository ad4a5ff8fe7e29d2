"""What several outputs have in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypedDict

from incidentbook.outputs import More, Shared

Count = Annotated[int, More(minimum=0)]
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
