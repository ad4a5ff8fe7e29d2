"""What a sync would do: items, issues and what they last agreed on, to a list of operations. No network, no files, no clock."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from incidentbook.frozen import frozen
from incidentbook.github import two_ways
from incidentbook.github.issue import Base, Closer, Issue
from incidentbook.github.text import Letter, digest, part, plain, with_part
from incidentbook.github.two_ways import Act, Changed, Ours
from incidentbook.records.action_item import ActionEvidence, ActionStatus

STATES: Mapping[Act, tuple[str, str]] = {
    Act.CLOSE: ("closed", "completed"), Act.DROP: ("closed", "not_planned"), Act.REOPEN: ("open", "reopened"),
}  # fmt: skip
_UNSHOWN = "closed there, evidence missing"
_AFTER = {Act.CLOSE: two_ways.Theirs.COMPLETED, Act.DROP: two_ways.Theirs.NOT_PLANNED, Act.REOPEN: two_ways.Theirs.OPEN}


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


def plan(
    letters: Sequence[Letter], issues: Mapping[int, Issue], closers: Mapping[int, Closer], site: Site
) -> list[Step]:
    """Return what is to be done for each item, in the order of ``letters``.

    Args:
        letters: the items whose issues are kept.
        issues: those that have the label, and those that items name, by number; one that is named and not here is gone.
        closers: what closed them, as far as GitHub tells.
        site: where they are.

    """
    marked: dict[str, list[Issue]] = defaultdict(list)
    for number in sorted(issues):
        found = part(plain(issues[number].body))
        if found is not None:
            marked[found.item].append(issues[number])
    named = Counter(letter.item.issue.casefold() for letter in letters if letter.item.issue)
    ids = Counter(letter.item.id for letter in letters)
    return [
        Step(letter, conflicts=("it stands in the records more than once",))
        if ids[letter.item.id] > 1
        else _step(letter, issues, marked[letter.item.id], closers, site, named)
        for letter in letters
    ]


def unshown(steps: Iterable[Step]) -> list[int]:
    """Return the numbers of the issues that are closed without anything that shows the work, so that it is worth asking."""
    return [step.issue.number for step in steps if step.issue and any(map(_is_unshown, step.conflicts))]


def _is_unshown(said: str) -> bool:
    return said.startswith(_UNSHOWN)


def _step(
    letter: Letter,
    issues: Mapping[int, Issue],
    marked: Sequence[Issue],
    closers: Mapping[int, Closer],
    site: Site,
    named: Counter[str],
) -> Step:
    item = letter.item
    number = site.number(item.issue)
    if item.issue and number is None:
        return Step(letter, notes=(f"its issue is {item.issue}, in another repository; it was left alone",))
    if named[item.issue.casefold()] > 1:
        return Step(letter, conflicts=(f"{item.issue} stands for several items: one issue, one item",))
    if number is not None and number not in issues:
        said = f"{item.issue} is gone, or was moved: name the issue that stands for it now, or take `issue` out"
        return Step(letter, conflicts=(said,))
    if number is None and len(marked) > 1:
        refs = " and ".join(site.ref(issue.number) for issue in marked)
        return Step(letter, conflicts=(f"{refs} both stand for it: close one, take its comment out, or set `issue`",))
    issue = issues[number] if number is not None else next(iter(marked), None)
    if issue is None:
        return _made(letter)
    others = [site.ref(other.number) for other in marked if other.number != issue.number]
    notes = (f"{' and '.join(others)} says that it stands for it, too",) if others else ()
    taken = Taken(issue="" if item.issue else site.ref(issue.number))
    return _Meeting(letter, issue, closers.get(issue.number), site).step(taken, notes)


def _made(letter: Letter) -> Step:
    """Return the step that makes an issue, for a promise that is still open; nothing for any other item."""
    item = letter.item
    if two_ways.ours(item.status) is not Ours.OPEN:
        return Step(letter)
    base = Base(
        record=Ours.OPEN, issue=two_ways.Theirs.OPEN, due=_text(item.due), owner=item.owner,
        title=digest(letter.title), text=digest(letter.text),
    )  # fmt: skip
    body = with_part("", item.id, letter.text, base)
    return Step(letter, title=letter.title, body=body, sent=("a new issue",))


class _Meeting:
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
            said = f"{self.site.ref(self.issue.number)} says that it stands for {self.part.item}"
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
        return STATES.get(rule.act), taken

    def _done(self, taken: Taken) -> Taken:
        if self.item.recurrence:
            said = f"the issue is {self.issue.state.said}, and one that comes round again has no end: settle the occurrence"
            self.conflicts.append(f"{said} with --occurrence, and reopen the issue")
            return taken
        if self.closer is None:
            said = f"{_UNSHOWN}: give it with --status done --evidence KIND:REF, or reopen the issue"
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
                self._differ(f"it is due on {here}, and its milestone on {there}", since)
                return taken
            case Changed.RECORD:
                self.notes.append(f"it is due on {here} now; its milestone still says {there}")
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
                self._differ(f"its owner is {here}, and it is assigned to {there}", since)
                return taken
            case Changed.RECORD:
                self.notes.append(f"its owner is {here} now; it is still assigned to {there}")
        self.base = dataclasses.replace(self.base, owner=here, team=there)
        return taken

    def _since(self, here: str, there: str, was_here: str, was_there: str, *, agree: bool) -> Changed | None:
        """Return which side changed a value since both agreed; None where there is nothing to settle.

        A milestone or a person that is assigned is never changed from here, so one that is out of date may stay.
        """
        if agree or not there or (here, there) == (was_here, was_there):
            return None
        return two_ways.changed(record=here != was_here, issue=there != was_there, known=bool(was_here))

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
