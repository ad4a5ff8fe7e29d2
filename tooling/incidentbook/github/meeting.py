"""An item and its issue, compared field by field, whichever side has changed since they last agreed. No network."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping

from incidentbook.github import two_ways
from incidentbook.github.issue import Base, Closer, Issue
from incidentbook.github.step import Site, Step, Taken
from incidentbook.github.text import Letter, digest, part, plain, with_part
from incidentbook.github.two_ways import Act, Changed, Ours
from incidentbook.records.action_item import ActionEvidence, ActionStatus

_STATES: Mapping[Act, tuple[str, str]] = {
    Act.CLOSE: ("closed", "completed"), Act.DROP: ("closed", "not_planned"), Act.REOPEN: ("open", "reopened"),
}  # fmt: skip
UNSHOWN = "closed there, evidence missing"
_AFTER = {Act.CLOSE: two_ways.Theirs.COMPLETED, Act.DROP: two_ways.Theirs.NOT_PLANNED, Act.REOPEN: two_ways.Theirs.OPEN}


class Meeting:
    """An item and its issue, compared field by field; `step` says what comes of it."""

    def __init__(self, letter: Letter, issue: Issue, closer: Closer | None, site: Site) -> None:
        self.letter, self.item, self.issue, self.closer, self.site = letter, letter.item, issue, closer, site
        self.body = plain(issue.body)
        self.part = part(self.body)
        self.base = (self.part.base if self.part else None) or Base()
        self.sent: list[str] = []
        self.conflicts: list[str] = []
        self.notes: list[str] = []

    def step(self, taken: Taken, notes: tuple[str, ...]) -> Step:
        """Return what is to be done."""
        if self.part is not None and self.part.item != self.item.id:
            said = (
                f"{self.site.ref(self.issue.number)} says that it stands for {self.part.item}:"
                " take that comment out there, or `issue` out here"
            )
            return Step(self.letter, self.issue, conflicts=(said,))
        state, taken = self._state(taken)
        if two_ways.ours(self.item.status) is Ours.OPEN and taken.status is None:
            taken = self._owner(self._due(taken))
        title, body = self._title(), self._body()
        return Step(
            self.letter, self.issue, title, body, state, taken, tuple(self.sent), tuple(self.conflicts),
            (*notes, *self.notes),
        )  # fmt: skip

    def _state(self, taken: Taken) -> tuple[tuple[str, str] | None, Taken]:
        record, there, base = two_ways.ours(self.item.status), self.issue.state, self.base
        since = two_ways.changed(record=record != base.record, issue=there != base.issue, known=bool(base.record))
        rule = two_ways.judge(record, there, since)
        if rule.act is Act.TAKE:
            return None, self._done(taken)
        if rule.act is Act.ASK:
            self.conflicts.append(
                f"it is {self.item.status or 'without a status'}, and {there.said} there; {rule.said}"
            )
            return None, taken
        self.base = dataclasses.replace(self.base, record=record, issue=_AFTER.get(rule.act, there))
        if rule.act is not Act.NOTHING:
            self.sent.append(f"{rule.act}: the item is {self.item.status}")
        return _STATES.get(rule.act), taken

    def _done(self, taken: Taken) -> Taken:
        if self.item.recurrence:
            said = f"the issue is {self.issue.state.said}, and one that comes round again has no end: settle the occurrence"
            self.conflicts.append(f"{said} with --occurrence, and reopen the issue")
            return taken
        if self.closer is None:
            said = f"{UNSHOWN}: give it with --status done --evidence KIND:REF, or reopen the issue"
            self.conflicts.append(said)
            return taken
        day = self.issue.closed.astimezone(self.site.zone).date() if self.issue.closed else None
        evidence = ActionEvidence(self.closer.kind, self.closer.ref)
        return dataclasses.replace(taken, status=ActionStatus.DONE, completed=day, evidence=evidence)

    def _due(self, taken: Taken) -> Taken:
        here, there = _text(self.item.due), _text(self.issue.milestone)
        if self.item.recurrence and there:
            return taken  # a milestone is one day, and says nothing of the days to come
        since = self._since(here, there, self.base.due, self.base.milestone, agree=here == there)
        match since:
            case Changed.ISSUE:
                return dataclasses.replace(taken, due=self.issue.milestone)
            case Changed.BOTH | Changed.UNKNOWN:
                self._differ(f"it is due on {here or 'no day'}, and its milestone on {there}", since)
                return taken
            case Changed.RECORD:
                self.notes.append(f"it is due on {here or 'no day'} now; its milestone still says {there}")
        self.base = dataclasses.replace(self.base, due=here, milestone=there)
        return taken

    def _owner(self, taken: Taken) -> Taken:
        teams = sorted({team for login in self.issue.logins if (team := self.site.teams.get(login.casefold()))})
        here, there = self.item.owner, " and ".join(teams)
        since = self._since(here, there, self.base.owner, self.base.team, agree=here in teams)
        match since:
            case Changed.ISSUE if len(teams) == 1:
                return dataclasses.replace(taken, owner=there)
            case Changed.ISSUE:
                self.conflicts.append(f"it is assigned to {there}, and one team owns an item")
                return taken
            case Changed.BOTH | Changed.UNKNOWN:
                self._differ(f"its owner is {here or 'nobody'}, and it is assigned to {there}", since)
                return taken
            case Changed.RECORD:
                self.notes.append(f"its owner is {here or 'nobody'} now; it is still assigned to {there}")
        self.base = dataclasses.replace(self.base, owner=here, team=there)
        return taken

    def _since(self, here: str, there: str, was_here: str, was_there: str, *, agree: bool) -> Changed | None:
        """Return which side changed a value since both agreed; None where there is nothing to settle.

        A record that says nothing, and never did, gives way.
        A milestone or a person that is assigned is never changed from here, so one that is out of date may stay.
        """
        if agree or not there or (here, there) == (was_here, was_there):
            return None
        return two_ways.changed(record=here != was_here, issue=there != was_there, known=bool(was_here or not here))

    def _differ(self, what: str, since: Changed) -> None:
        why = "both have changed" if since is Changed.BOTH else "nobody knows which of them is newer"
        self.conflicts.append(f"{what}; {why}: make them say the same")

    def _title(self) -> str | None:
        want, have, old = self.letter.title, self.issue.title, self.base.title
        digested = digest(want)
        if (
            self.part is None and want != have
        ):  # an issue that people wrote: its title is theirs until the item's changes
            self.base = dataclasses.replace(self.base, title=digested)
            return None
        if want != have and old == digested:
            return None
        if want != have and old != digest(have):
            self.conflicts.append(f"its title was changed here and there ({have!r}): make them say the same")
            return None
        self.base = dataclasses.replace(self.base, title=digested)
        if want == have:
            return None
        self.sent.append("its title")
        return want

    def _body(self) -> str | None:
        want, found = self.letter.text, self.part
        if found is not None and found.text is None:
            self.conflicts.append("its text there has lost the comment at its end: take the other comment out, too")
            return None
        have, wanted = digest(found.text or "") if found else "", digest(want)
        if found is None or have == self.base.text != wanted:
            text, known = want, wanted
            self.sent.append("its text")
        else:
            text, known = found.text or "", wanted if have == wanted else self.base.text
            if wanted not in {have, self.base.text}:
                self.conflicts.append("its text was changed here and there: take it out there, comments and all")
        base = dataclasses.replace(self.base, text=known)
        if found is not None and (text, base) == (found.text, found.base):
            return None
        if not self.sent:
            self.sent.append("what both agree on")
        return with_part(self.body, self.item.id, text, base)


def _text(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
