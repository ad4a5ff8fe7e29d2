"""What `inc metrics restate --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import Commit, Count, Difference, Figure, Instant, Window


class Effect(TypedDict):
    """What one edit alone makes of a figure."""

    edit: Annotated[str, "The `record` of the edit."]
    alone: Annotated[Figure | None, "The figure then; null where the edit takes it away."]


class Moved(TypedDict):
    """A figure that is no longer what it was."""

    name: Annotated[str, "Its name for people."]
    before: Annotated[Figure | None, "As it was reported; null where there was none."]
    after: Annotated[Figure | None, "As the records say it now; null where there is none any more."]
    effects: Annotated[Sequence[Effect], "Of each edit that moves it by itself; they need not add up."]


class Edit(TypedDict):
    """What became of one record or policy."""

    record: Annotated[str, "The id of the record, or the path of its file."]
    paths: Annotated[Sequence[str], "Where the file was and is."]
    what: Annotated[str, "What was done to it.", More(enum=["added", "removed", "changed", "moved"])]
    facts: Annotated[Sequence[Difference], "The facts that are not the same."]
    commits: Annotated[Sequence[Commit], "That made it, the oldest first; none where it is not committed."]


class Restatement(TypedDict):
    """One window: what moved in it, and by which edits."""

    window: Annotated[Window, "The stretch of time that the figures are about."]
    moved: Annotated[Sequence[Moved], "The figures that moved."]
    edits: Annotated[Sequence[Edit], "Those that move a figure by themselves, by name."]


class Number(TypedDict):
    """A record that has another number since."""

    before: Annotated[str, "What it was called."]
    after: Annotated[str, "What it is called."]


class Head(TypedDict):
    """Between which states figures are held against one another."""

    since: Annotated[str, "The commit that was reported, or the one where its line parts from the other."]
    now: Annotated[str, "The commit, or the working tree with `-dirty`, that it is held against."]
    as_of: Annotated[Instant, '"Now" of both measurements, that of the earlier state.']
    edits: Annotated[Count, "How many records and policies are not the same; another number alone is no edit."]
    renumbered: Annotated[Sequence[Number], "Records that have another number, which moves no figure."]
    notes: Annotated[Sequence[str], "What a reader should know of these states."]


class Output(Head):
    """What `inc metrics restate --json` prints: which figures moved since they were reported, and which edits moved them."""

    restatements: Annotated[Sequence[Restatement], "One for each window, oldest first."]
