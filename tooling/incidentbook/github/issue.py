"""An issue as the plan sees it, and the base: what both sides said when they last agreed. No network."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from typing import Any

from incidentbook.frozen import frozen
from incidentbook.github.two_ways import Theirs

_REASONS = {"completed": Theirs.COMPLETED, "not_planned": Theirs.NOT_PLANNED, "duplicate": Theirs.DUPLICATE}


@frozen
class Issue:
    """An issue of the repository.

    Attributes:
        number: in its repository.
        url: for people.
        reason: why it is closed, as GitHub says it (`completed`, `not_planned`, `duplicate`); empty where it does not.
        closed: the moment at which it was closed.
        milestone: the day on which its milestone is due; None where it has none, or that has no day.
        logins: of the persons who are assigned; they never leave this type.

    """

    number: int
    url: str = ""
    title: str = ""
    body: str = ""
    open: bool = True
    reason: str = ""
    closed: dt.datetime | None = None
    milestone: dt.date | None = None
    logins: tuple[str, ...] = ()

    @property
    def state(self) -> Theirs:
        """How it stands, in the words of the rules."""
        return Theirs.OPEN if self.open else _REASONS.get(self.reason, Theirs.CLOSED)


@frozen
class Closer:
    """What closed an issue: a merged pull request or a commit, with its address."""

    kind: str
    ref: str


@frozen
class Base:
    """What both sides said when they last agreed: it stands in the issue's body, and is what changes are told by.

    Attributes:
        record: the item's side, in the words of the rules; empty where they never agreed. So is each text.
        issue: the issue's side.
        due: the item's due day.
        milestone: the milestone's day.
        owner: the item's team.
        team: the team, or teams, of those who are assigned.
        title: a digest of the title that was sent.
        text: a digest of the part of the body that was sent.

    """

    record: str = ""
    issue: str = ""
    due: str = ""
    milestone: str = ""
    owner: str = ""
    team: str = ""
    title: str = ""
    text: str = ""

    def written(self) -> str:
        """Return it as it stands in a body."""
        return json.dumps(dataclasses.asdict(self), separators=(",", ":"), ensure_ascii=True)

    @classmethod
    def read(cls, text: str) -> Base | None:
        """Return the base that ``text`` is; None where it is none any more."""
        try:
            plain: Any = json.loads(text)
        except ValueError:
            return None
        names = {field.name for field in dataclasses.fields(cls)}
        if not isinstance(plain, dict) or plain.keys() != names or not all(isinstance(v, str) for v in plain.values()):
            return None
        return cls(**plain)
