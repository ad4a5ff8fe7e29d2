"""What `inc pr-summary --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import AsOf, Difference, Figure, Instant, Name, Window


class Ends(TypedDict):
    """The two states."""

    base: Annotated[str, "The short name of the commit that the change begins at."]
    how: Annotated[str, "How it was found or named."]
    head: Annotated[str, "The commit that it ends at, with `+changes` where it is the working tree and differs."]


class Edit(TypedDict):
    """What becomes of one record, post-mortem, playbook or policy."""

    kind: Annotated[str, "`incident`, `postmortem`, `playbook`, or the name of a policy."]
    record: Annotated[str, "The id of the record, or the path of its file."]
    what: Annotated[str, "What was done to it.", More(enum=["added", "removed", "changed", "moved"])]
    facts: Annotated[Sequence[Difference], "The facts that are not the same; none of what is new or gone."]
    prose: Annotated[bool, "Whether the Markdown below its facts is not the same."]


class Moved(TypedDict):
    """A figure that reads otherwise."""

    key: Annotated[str, "Its stable name."]
    before: Annotated[Figure | None, "Without the change; null where there is no such figure."]
    after: Annotated[Figure | None, "With it; null where there is none any more."]


class Promise(TypedDict):
    """What becomes of an action item."""

    id: Annotated[str, "Its id."]
    title: Annotated[str, "What it is about."]
    what: Annotated[
        str,
        "What becomes of it.",
        More(
            enum=[
                "proposed",
                "committed",
                "no longer committed",
                "done",
                "open again",
                "changed",
                "taken away",
            ]
        ),
    ]
    told: Annotated[Sequence[str], "What is not as it was, in words."]


class Due(TypedDict):
    """A post-mortem that is owed and not held yet."""

    incidents: Annotated[Sequence[str], "The incidents that it is about."]
    by: Annotated[Instant, "When it is to be held."]
    late: Annotated[bool, "Whether that is over."]
    postmortem: Annotated[str, "How far it is; `missing` where nobody has begun it."]


class Body(TypedDict):
    """What the change comes to."""

    edits: Annotated[Sequence[Edit], "What is not the same."]
    figures: Annotated[Sequence[Moved], "The figures that read otherwise."]
    promises: Annotated[Sequence[Promise], "The action items that are not the same."]
    clocks: Annotated[Sequence[Due], "The post-mortems that are owed, the first due first."]
    policy: Annotated[Sequence[str], "What the changed policies judge otherwise, in sentences."]


class Output(Body):
    """What `inc pr-summary --json` prints: what a proposed change comes to."""

    knowledge_base: Name
    ends: Annotated[Ends, "The two states."]
    as_of: AsOf
    window: Annotated[Window, "The stretch of time that the figures are about."]
