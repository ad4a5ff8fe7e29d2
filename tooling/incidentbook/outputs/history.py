"""What `inc history --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import Commit, Count, Difference, Instant


class Fact(TypedDict):
    """A fact of the record as it stands."""

    path: Annotated[str, "Where it stands: `severity`, `milestones.resolved`, `timeline[t1]`."]
    value: Annotated[str, "What it says, in short."]
    first_known: Annotated[Instant, "The time of the commit that first said anything there."]
    since: Annotated[Instant, "The time of the commit since which it says what it says."]
    changes: Annotated[Count, "How often it was changed in between."]
    known_before: Annotated[bool, "Whether it was there already where a past begins that is cut off."]


class Life(TypedDict):
    """What became of an action item, from Git and not from what it says of itself."""

    status: Annotated[str | None, "Its status; null where it has none."]
    status_since: Annotated[
        Instant | None, "Since when it has had it; null where that is before a past that is cut off."
    ]
    status_age_seconds: Annotated[int | None, "For how long; null where Git's times say nothing here."]
    status_age_at_least: Annotated[bool, "Whether that is the least it can be, as the past is cut off."]
    created: Annotated[
        Instant | None, "When it was first written down; null where that is before a past that is cut off."
    ]
    committed: Annotated[
        Instant | None, "When it first bound somebody; null where it never has, and where nobody knows."
    ]
    closed: Annotated[Instant | None, "Since when it has been done, verified or cancelled; null where it is not."]
    reopened: Annotated[Sequence[Instant], "When it was done or cancelled, and then was not any more."]
    due_moved: Annotated[Count, "How often its due day was changed after it had been committed to."]


class Lines(TypedDict):
    """Lines of the text behind the front matter."""

    added: Annotated[Count, "How many came."]
    removed: Annotated[Count, "How many went."]


class File(TypedDict):
    """What a commit did to one file."""

    path: Annotated[str, "Where it is, or was before it was removed."]
    what: Annotated[
        str,
        "What was done; `there` where a past begins that is cut off, and the file was there already.",
        More(enum=["added", "changed", "moved", "removed", "there", "unreadable"]),
    ]
    moved_from: Annotated[str | None, "Where it was before; null where it was not moved."]
    changes: Annotated[Sequence[Difference], "The facts that are not what they were."]
    text_lines: Annotated[Lines, "What became of the text."]
    unreadable: Annotated[str | None, "Why it cannot be read; null where it can."]


class Backdated(TypedDict):
    """A fact that a commit brought long after its time."""

    path: Annotated[str, "Where it stands; `record` for a whole record that was first written down then."]
    at: Annotated[Instant, "Its time."]
    lag_seconds: Annotated[Count, "How long after it the commit was made."]


class Step(TypedDict):
    """A commit that touched what is followed."""

    commit: Annotated[str, "Its whole name."]
    short: Annotated[str, "Its short name."]
    at: Annotated[Instant, "The committer's time, as it is written."]
    known_at: Annotated[
        Instant, "When the branch got it: the same, unless commits around it show that its clock was wrong."
    ]
    subject: Annotated[str, "The first line of what it says of itself; empty for an audience, as it has no level."]
    merge: Annotated[bool, "Whether it is a merge, so that what it did was written earlier, on another branch."]
    brought: Annotated[Sequence[Commit], "The commits of that branch which touched the same files, the oldest first."]
    files: Annotated[Sequence[File], "What it did."]


class DatedStep(Step):
    """A commit that touched what is followed, with what came late in it."""

    backdated: Annotated[Sequence[Backdated], "The facts that it brought long after their time."]


class Output(TypedDict):
    """What `inc history --json` prints: what was known of an incident or an action item when."""

    id: Annotated[str, "Of the incident or the action item."]
    commit: Annotated[str, "The commit up to which the past is told, by its whole name."]
    as_of: Annotated[Instant, '"Now": ages end here.']
    late_after_seconds: Annotated[int | None, "From when on a fact is late; null where Git's times say nothing here."]
    notes: Annotated[Sequence[str], "What a reader should know of these times."]
    life: Annotated[Life | None, "Of an action item; null for an incident."]
    facts: Annotated[Sequence[Fact] | None, "Of an incident; null for an action item."]
    commits: Annotated[Sequence[DatedStep], "The oldest first."]
