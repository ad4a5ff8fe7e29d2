"""What `inc overdue --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import AsOf, Count, Instant, Name


class Late(TypedDict):
    """One thing that is late."""

    kind: Annotated[str, "What it is.", More(enum=["action-item", "postmortem", "playbook", "file"])]
    name: Annotated[str, "Its id, or the path of its file where it has none."]
    title: Annotated[str, "Its title; empty where it has none."]
    owner: Annotated[
        str | None, "The team that it waits for, as policy/knowledge-base.yml calls it; null where there is none."
    ]
    since: Annotated[Instant | None, "From when on it is late; null where nobody can tell."]
    said: Annotated[str, "By when it was to be done, in words."]
    path: Annotated[str | None, "The file that it stands in; null where that is not told."]
    line: Annotated[
        Count | None, "The line in that file; null for the file as a whole, and where narrower readers are not told."
    ]


class Output(TypedDict):
    """What `inc overdue --json` prints: all that is late, kind by kind, what has waited longest first."""

    knowledge_base: Name
    as_of: AsOf
    overdue: Annotated[Sequence[Late], "What is late; empty where nothing is."]
