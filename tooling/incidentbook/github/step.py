"""What a sync does for one item, and where: the words that the plan, its execution and the command share. No network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from incidentbook.frozen import frozen
from incidentbook.github.issue import Issue
from incidentbook.github.text import Letter
from incidentbook.records.action_item import ActionEvidence, ActionStatus


@frozen
class Taken:
    """What is proposed to the record: each is empty where it stays as it is."""

    issue: str = ""
    status: ActionStatus | None = None
    owner: str = ""
    due: dt.date | None = None
    completed: dt.date | None = None
    evidence: ActionEvidence | None = None


@frozen
class Step:
    """What a sync does for one item.

    Attributes:
        letter: the item, as it is told.
        issue: its issue; None where one is to be made.
        title: to be sent; None where it stays.
        body: likewise.
        state: likewise, with the reason: ``("closed", "completed")``.
        taken: what is proposed to the record.
        sent: what is sent, in words.
        conflicts: what only people can settle; nothing of it is sent or taken.
        notes: what is as it may be, and yet worth a word.

    """

    letter: Letter
    issue: Issue | None = None
    title: str | None = None
    body: str | None = None
    state: tuple[str, str] | None = None
    taken: Taken = Taken()
    sent: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def writes(self) -> bool:
        """Whether anything is sent to GitHub."""
        return self.title is not None or self.body is not None or self.state is not None


@frozen
class Site:
    """Where issues are, and by what logins are read: ``teams`` by login in small letters; ``zone`` is the knowledge base's."""

    repository: str
    zone: ZoneInfo
    teams: Mapping[str, str]

    def ref(self, number: int) -> str:
        """Return the name of an issue, as a record has it."""
        return f"{self.repository}#{number}"

    def number(self, ref: str) -> int | None:
        """Return the number of an issue of this repository; None where it is one of another."""
        repository, _, number = ref.rpartition("#")
        return int(number) if repository.casefold() == self.repository.casefold() and number.isdecimal() else None
