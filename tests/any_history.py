"""Random small histories: records that are edited, moved, renumbered, deleted, brought back and merged, as Git takes them in.

Each record has a mark of its own that never changes (`# m3`), which `inc` does not read: whoever wants to know what a record went
through looks for its mark in every commit's tree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from commits import Repo

NUMBERS = 9
NEW, EDIT, MOVE, RENAME, RENUMBER, DELETE, BACK, SWAP, BREAK = OPS = range(9)
_FOLDERS = ("2025", "old", "2025/late")
Op = tuple[int, int, int]  # what, to which record, and which of several ways


@dataclass(frozen=True)
class Rec:
    """A record with, perhaps, a post-mortem."""

    mark: int
    number: int
    folder: int = 0
    own_name: bool = False  # whether its file is named after something else than its number
    version: int = 0
    broken: bool = False

    @property
    def id(self) -> str:
        """Its number as records have it."""
        return f"INC-2025-{self.number:03}"

    @property
    def has_postmortem(self) -> bool:
        """Whether a post-mortem speaks of it."""
        return self.mark % 3 == 0

    @property
    def files(self) -> dict[str, str]:
        """Its files, by their paths."""
        stem = f"m{self.mark}" if self.own_name else self.id
        where = f"{_FOLDERS[self.folder]}/{stem}"
        found = {f"incidents/{where}.yml": self._record()}
        if self.has_postmortem:
            found[f"postmortems/{where}.md"] = f"---\n# m{self.mark}\nincidents: [{self.id}]\nstatus: draft\n---\nWhy\n"
        return found

    def but(self, **other: Any) -> Rec:
        """Return it with something else, and readable."""
        return replace(self, broken=False, **other)

    def _record(self) -> str:
        lines = [
            f"# m{self.mark}",
            f"id: {self.id}",
            f"title: Failure {self.mark}",
            f"severity: sev{self.version % 4 + 1}",
        ]
        lines += ["milestones:", f"  started: 2025-01-01T00:{self.mark:02}:00Z"]
        if self.mark % 2:  # others have no entries
            lines.append("timeline:")
            lines += [f"  - {{id: e{self.mark}-{number}, text: Seen}}" for number in range(self.version + 1)]
        return "\n".join([*lines, *(["title: ["] if self.broken else []), ""])


State = dict[int, Rec]


class History:
    """The states of a line, and the stream that brings them into Git."""

    def __init__(self) -> None:
        self.states: list[State] = [{}]
        self.stream = ""
        self._commits = self._marks = 0
        self._tips = [self._commit({}, [])]

    def advance(self, ops: Sequence[Op]) -> None:
        """Do all of ``ops`` in one commit of the line."""
        self._add(self._settled(self.states[-1], self._done(self.states[-1], ops)), [])

    def merge(self, back: int, side: Sequence[Sequence[Op]], *, clash: bool) -> None:
        """Merge a branch that forked ``back`` commits ago, with a commit for each of ``side``."""
        fork = max(len(self.states) - 1 - back, 0)
        base, other, tip = self.states[fork], self.states[fork], self._tips[fork]
        for ops in side:
            other = self._settled(other, self._done(other, ops))
            tip = self._commit(other, [tip])
        now = self.states[-1]
        merged = dict(now)
        for mark in base.keys() | other.keys():
            if other.get(mark) != base.get(mark):
                merged.pop(mark, None)
                if mark in other:
                    merged[mark] = other[mark].but()
        self._add(self._settled(now, merged, clash=clash), [tip])

    def _add(self, state: State, others: list[int]) -> None:
        self.states.append(state)
        self._tips.append(self._commit(state, [self._tips[-1], *others]))

    def _commit(self, state: State, parents: list[int]) -> int:
        self._commits += 1
        time = 1_735_689_600 + self._commits * 3600
        lines = ["commit refs/heads/main", f"mark :{self._commits}"]
        lines += [f"committer R <r@incidents.example> {time} +0000", "data 1", "x"]
        lines += [f"{'merge' if place else 'from'} :{parent}" for place, parent in enumerate(parents)]
        lines.append("deleteall")
        files = {path: text for rec in state.values() for path, text in rec.files.items()}
        for path, text in {**files, "policy/knowledge-base.yml": "name: Small\n"}.items():
            lines += [f"M 100644 inline {path}", f"data {len(text)}", text]
        self.stream += "\n".join(lines) + "\n"
        return self._commits

    def _done(self, state: State, ops: Sequence[Op]) -> State:
        made = dict(state)
        for what, which, way in ops:
            there = sorted(made)
            if what == NEW or not there:
                self._new(made, way)
            elif what == BACK:
                self._bring_back(made, way)
            elif what == SWAP:
                rec, other = (made[there[(which + step) % len(there)]] for step in (0, 1))
                made |= {rec.mark: rec.but(number=other.number), other.mark: other.but(number=rec.number)}
            else:
                rec = made.pop(there[which % len(there)])
                made |= {changed.mark: changed for changed in _changed(rec, what, way, _free(made))}
        return made

    def _new(self, made: State, way: int) -> None:
        for number in _free(made)[:1]:
            self._marks += 1
            made[self._marks] = Rec(self._marks, number, own_name=way % 3 == 0)

    def _bring_back(self, made: State, way: int) -> None:
        free = _free(made)
        away = [old for mark, old in sorted(self._last().items()) if mark not in made and old.number in free]
        for old in away[way % len(away) :][:1] if away else ():
            made[old.mark] = old

    def _last(self) -> State:
        """Return each record as it was when the line last had it."""
        return {mark: rec.but() for state in self.states for mark, rec in state.items()}

    def _settled(self, before: State, after: State, *, clash: bool = False) -> State:
        """Leave out what nobody could tell, and files that stand in each other's place.

        That is a record which takes the number of one that went in that commit, comes back with another number, or is moved or
        renumbered while it cannot be read. Two records have one number only in a ``clash``.
        """
        last = self._last()
        made: State = {}
        gone = {rec.number for mark, rec in before.items() if mark not in after}
        for mark, given in after.items():
            was, taken, rec = before.get(mark), {known.number: known for known in made.values()}, given
            comes_back = was is None and mark in last
            if comes_back and rec.number != last[mark].number:
                continue
            other = taken.get(rec.number)
            may = clash and other is not None and not (rec.has_postmortem or other.has_postmortem)
            if (other is not None and not may) or (was is None and rec.number in gone):
                free = [number for number in _free({**after, **made}) if number not in gone]
                if not free or comes_back:
                    continue
                rec = rec.but(number=free[0])
            if any(rec.files.keys() & known.files.keys() for known in made.values()):
                rec = rec.but(own_name=True)
            stays = was is not None and was.files.keys() == rec.files.keys() and was.number == rec.number
            made[mark] = rec if stays else rec.but()
        return made if made == after else self._settled(before, made, clash=clash)

    def write(self, repo: Repo) -> None:
        """Bring it into Git."""
        repo.git("fast-import", "--quiet", given=self.stream)
        repo.git("reset", "--quiet", "--hard", "main")


def _changed(rec: Rec, what: int, way: int, free: Sequence[int]) -> Iterator[Rec]:
    """Yield what becomes of a record; nothing of one that is deleted. One that cannot be read is mended first."""
    if what == EDIT or (rec.broken and what != DELETE):
        yield rec.but(version=rec.version + 1)
    elif what == MOVE:
        yield rec.but(folder=(rec.folder + 1 + way % 2) % 3)
    elif what == RENAME:
        yield rec.but(own_name=not rec.own_name)
    elif what == RENUMBER:
        yield rec.but(number=free[way % len(free)] if free else rec.number)
    elif what == BREAK:
        yield replace(rec, broken=True)


def _free(state: State) -> list[int]:
    taken = {rec.number for rec in state.values()}
    return [number for number in range(1, NUMBERS + 1) if number not in taken]
