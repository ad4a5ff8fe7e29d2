"""Who gives way where an item and its issue are not in the same state: a table. What it does not name is left to people.

A change is told by what both said when they last agreed. One side has changed: the other follows, as far as it can. Both have, or
nobody knows: nothing is guessed.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import NamedTuple

from incidentbook.records.action_item import ActionStatus


class Ours(enum.StrEnum):
    """The state of an item, as far as an issue can say it."""

    OPEN = "open"
    DONE = "done"
    CANCELLED = "cancelled"
    PROPOSED = "proposed"


class Theirs(enum.StrEnum):
    """The state of an issue; closed is one without a reason."""

    OPEN = "open"
    COMPLETED = "completed"
    NOT_PLANNED = "not_planned"
    DUPLICATE = "duplicate"
    CLOSED = "closed"

    @property
    def said(self) -> str:
        """How it is told to people."""
        words = {"open": "open", "closed": "closed"}
        return words.get(
            self.value, f"closed as {'a ' if self is Theirs.DUPLICATE else ''}{self.value.replace('_', ' ')}"
        )


class Changed(enum.StrEnum):
    """Which side has changed since both agreed."""

    RECORD = "record"
    ISSUE = "issue"
    BOTH = "both"
    UNKNOWN = "unknown"


class Act(enum.StrEnum):
    """What follows."""

    NOTHING = "nothing"
    CLOSE = "close the issue as completed"
    DROP = "close the issue as not planned"
    REOPEN = "reopen the issue"
    TAKE = "propose done, with what closed the issue as evidence"
    ASK = "report it"


class Rule(NamedTuple):
    """What follows, and what people are to be told of it."""

    act: Act
    said: str = ""


AGREE = frozenset(
    {
        (Ours.OPEN, Theirs.OPEN),
        (Ours.DONE, Theirs.COMPLETED),
        (Ours.DONE, Theirs.CLOSED),
        (Ours.CANCELLED, Theirs.NOT_PLANNED),
        (Ours.CANCELLED, Theirs.DUPLICATE),
        (Ours.CANCELLED, Theirs.CLOSED),
        (Ours.PROPOSED, Theirs.NOT_PLANNED),
        (Ours.PROPOSED, Theirs.DUPLICATE),
        (Ours.PROPOSED, Theirs.CLOSED),
    }
)
_REOPENED = "it was reopened there: close it again, or set the item back with --status and --reason"
RULES: Mapping[tuple[Ours, Theirs, Changed], Rule] = {
    (Ours.DONE, Theirs.OPEN, Changed.RECORD): Rule(Act.CLOSE),
    (Ours.DONE, Theirs.OPEN, Changed.ISSUE): Rule(Act.ASK, _REOPENED),
    (Ours.CANCELLED, Theirs.OPEN, Changed.RECORD): Rule(Act.DROP),
    (Ours.CANCELLED, Theirs.OPEN, Changed.ISSUE): Rule(Act.ASK, _REOPENED),
    (Ours.OPEN, Theirs.COMPLETED, Changed.ISSUE): Rule(Act.TAKE),
    (Ours.OPEN, Theirs.COMPLETED, Changed.RECORD): Rule(Act.REOPEN),
    (Ours.OPEN, Theirs.CLOSED, Changed.ISSUE): Rule(Act.TAKE),
    (Ours.OPEN, Theirs.CLOSED, Changed.RECORD): Rule(Act.REOPEN),
    (Ours.OPEN, Theirs.NOT_PLANNED, Changed.ISSUE): Rule(
        Act.ASK, "to give it up takes a reason: --status cancelled --reason TEXT; or reopen the issue"
    ),
    (Ours.OPEN, Theirs.NOT_PLANNED, Changed.RECORD): Rule(Act.REOPEN),
    (Ours.OPEN, Theirs.DUPLICATE, Changed.ISSUE): Rule(
        Act.ASK, "nobody here knows of what: --status cancelled --reason TEXT; or reopen the issue"
    ),
    (Ours.OPEN, Theirs.DUPLICATE, Changed.RECORD): Rule(Act.REOPEN),
    (Ours.PROPOSED, Theirs.OPEN, Changed.RECORD): Rule(
        Act.ASK, "it is no promise any more: promise it again with `inc actions commit`, or close the issue"
    ),
}
_LEFT = {
    Changed.RECORD: Rule(Act.ASK, "the two contradict each other: make them say the same"),
    Changed.ISSUE: Rule(Act.ASK, "the two contradict each other: make them say the same"),
    Changed.BOTH: Rule(Act.ASK, "both have changed since they last agreed: make them say the same"),
    Changed.UNKNOWN: Rule(Act.ASK, "nobody knows which of them is newer: make them say the same"),
}


def ours(status: ActionStatus | None) -> Ours:
    """Return how an item of that status stands; one without a status that can be read is a proposal."""
    if status is ActionStatus.CANCELLED:
        return Ours.CANCELLED
    if status is None or status is ActionStatus.PROPOSED:
        return Ours.PROPOSED
    return Ours.DONE if status.finished else Ours.OPEN


def changed(*, record: bool, issue: bool, known: bool) -> Changed:
    """Return which side has changed; that neither has, although they contradict each other, is for nobody to explain."""
    if not known or not (record or issue):
        return Changed.UNKNOWN
    if record and issue:
        return Changed.BOTH
    return Changed.RECORD if record else Changed.ISSUE


def judge(record: Ours, issue: Theirs, since: Changed) -> Rule:
    """Return what follows from how the two stand."""
    if (record, issue) in AGREE:
        return Rule(Act.NOTHING)
    return RULES.get((record, issue, since), _LEFT[since])
