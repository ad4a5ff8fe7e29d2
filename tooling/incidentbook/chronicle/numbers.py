"""Where a record was, and what it was called, before it had the file and the number that it has: it is one record all along.

It is followed from its last commit back. In each commit that gave it its file or its number, the same record is looked for among
what the commit touched: first what had the number, then what lost another one and has the same entries.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from incidentbook.chronicle.holding import Change, Held, Holding
from incidentbook.chronicle.likeness import Likeness
from incidentbook.history.past import Past


class Name(NamedTuple):
    """A number that a record had, in a file.

    Attributes:
        id: the number.
        path: where the record was; empty where no record was ever seen, so that only others speak of it.
        since: the place of the commit from which on that holds.
        until: of the one from which on it does not any more.

    """

    id: str
    path: str
    since: int
    until: int

    def holds(self, at: int) -> bool:
        """Whether it was so after the commit at that place."""
        return self.since <= at < self.until


def called(root: Path, past: Past, incident_id: str) -> list[Name]:
    """Return the numbers and files of the record that has a number now, or had it last; the files may be several."""
    trace = _Trace(root, past)
    end = len(past)
    here = trace.holding.holders(incident_id, end)
    names = [name for path in here for name in trace.back(path, incident_id, end, end)]
    for loss in [] if here else trace.last(incident_id):
        names += trace.back(loss.path, incident_id, loss.at, loss.at if trace.went(loss) else end)
    return names or [Name(incident_id, "", 0, end)]


def now(root: Path, past: Past, incident_id: str) -> str:
    """Return the number that a record has, or had last, which was given up for another one; empty where that is no such."""
    trace = _Trace(root, past)
    found, passed = "", {incident_id}
    while not trace.holding.holders(found or incident_id, len(past)):
        later = next(filter(None, map(trace.went, trace.last(found or incident_id))), "")
        if not later or later in passed:
            break
        found = later
        passed.add(found)
    return found


class _Trace:
    """What a past says of where records came from."""

    def __init__(self, root: Path, past: Past) -> None:
        self.holding, self._end = Holding(past), len(past)
        self._like = Likeness(root)

    def last(self, incident_id: str) -> list[Change]:
        """Return the changes of the last commit in which a number was lost."""
        losses = self.holding.losses(incident_id, self._end)
        return [loss for loss in losses if loss.at == losses[0].at]

    def back(self, path: str, name: str, before: int, until: int) -> list[Name]:
        """Return the names of the record that had a number in a file just before a commit; the newest holds ``until`` then."""
        found: list[Name] = []
        while True:
            begin, origin = self._begin(path, name, before)
            if origin is None or begin is None:
                return [*found, Name(name, path, self._since(begin), until)]
            found.append(Name(name, path, begin.at, until))
            path, before = origin.path, origin.at
            # a record that was away for a while stays what it was meanwhile, unless others had its number then
            until = origin.at if origin.keeps or self.holding.came(name, origin.at, begin.at) else begin.at
            name = origin.before.id if origin.before else name

    def went(self, loss: Change) -> str:
        """Return the number that a record got in the commit that took another one from it; empty for none."""
        assert loss.before is not None  # noqa: S101 - it has lost something
        others = self.holding.at(loss.at)
        self._like.fetch(one.after for one in others)
        for one in others:
            if (
                one.after
                and one.after.id != loss.before.id
                and self._is(one.after, loss.before)
                and not self._stays(one)
            ):
                return one.after.id
        return ""

    def _begin(self, path: str, name: str, before: int) -> tuple[Change | None, Change | None]:
        """Return the change since which a file has had a record, and the one in which that record was elsewhere before."""
        begin = None
        for change in reversed(self.holding.of(path)):
            if change.at >= before or not (change.after and change.after.id == name):
                continue
            begin, origin = change, self._origin(change, change.after)
            if origin is not change or change.before is None or change.before.id != name:
                return begin, origin or self._before_it_was_away(change, change.after)
        return begin, None

    def _origin(self, change: Change, own: Held) -> Change | None:
        """Return the change of the same commit that says where the record had been."""
        others = self.holding.at(change.at)
        if change.before and change.before.id == own.id and len(others) == 1:
            return change
        had = [one for one in others if one.before and one.before.id == own.id]
        had = [
            *(one for one in had if one is change),
            *(one for one in had if one is not change and not self._stays(one)),
        ]
        for one in had:
            if self._like_before(one, own):
                return one
        self._like.fetch(one.before for one in others)
        renumbered = [one for one in others if one not in had and self._like_before(one, own) and not self._stays(one)]
        if renumbered:
            return max(renumbered, key=lambda one: (self._like_before(one, own), one is change))
        known = (one for one in had if one is change or (one.before and not self._like.strange(one.before, own)))
        return next((one for one in known if not self.went(one)), None)

    def _before_it_was_away(self, change: Change, own: Held) -> Change | None:
        """Return the change that took a record away that came back with the number that it had."""
        here = {one.path: one for one in self.holding.at(change.at)}
        holders = self.holding.holders(own.id, change.at)
        alone = all(
            path in here and self.went(here[path]) for path in holders
        )  # else a copy of one that is there is new
        known = (loss for loss in self.holding.had(own.id, change.at) if self._may_be(loss, own, surely=not alone))
        return next((loss for loss in known if not (self._moved(loss) or self.went(loss))), None)

    def _may_be(self, loss: Change, own: Held, *, surely: bool) -> bool:
        """Whether what a file lost is what came back; something has to say so where ``surely`` is asked for.

        A file that kept the number has lost its record where another one took its place.
        """
        if loss.before is None or self._like.strange(loss.before, own):
            return False
        if loss.keeps and loss.after:
            return self._is(loss.before, own) and not self._is(loss.after, own)
        return not surely or self._is(loss.before, own)

    def _moved(self, loss: Change) -> bool:
        """Whether a number that a file lost was in another file from then on, with the same record."""
        came = (one.after for one in self.holding.at(loss.at) if one.after and not one.keeps)
        return any(loss.before and one.id == loss.lost and not self._like.strange(loss.before, one) for one in came)

    def _since(self, begin: Change | None) -> int:
        """Return since when files that speak of a number mean a record that began so: the last one that had it comes before."""
        if begin is None or begin.after is None:
            return 0
        if self.holding.holders(begin.after.id, begin.at):
            return begin.at
        losses = self.holding.losses(begin.after.id, begin.at)
        return losses[0].at if losses else 0

    def _stays(self, change: Change) -> bool:
        """Whether a file holds the same record as before, under the same number."""
        return bool(change.keeps and change.before and change.after and self._is(change.before, change.after))

    def _like_before(self, change: Change, own: Held) -> int:
        return self._like.common(change.before, own) if change.before else 0

    def _is(self, one: Held, other: Held) -> bool:
        return self._like.common(one, other) > 0
