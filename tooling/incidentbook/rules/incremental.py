"""A check that does again only what may come out otherwise than last time; its result is that of a check of everything.

What was kept of a file stands when its content is the same, no answer that it depends on has changed, and time has not passed a
moment that it depends on. Everything else is looked at again. The key of the store holds what all results depend on: rules,
tool, policies.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from incidentbook import files
from incidentbook.entry import Entry
from incidentbook.results.standing import WHOLE, digest_of_unread
from incidentbook.results.store import Basis, Kept, Store, microseconds
from incidentbook.rules import Rule, engine, keys
from incidentbook.rules.context import EVERYTHING, Context, Notes
from incidentbook.rules.engine import Look, Outcome
from incidentbook.rules.keys import Keys

Progress = Callable[[Iterable[str], int, str], Iterable[str]]


def _silently(paths: Iterable[str], number: int, doing: str) -> Iterable[str]:
    del number, doing
    return paths


def run(
    context: Context, rules: Callable[[], Sequence[Rule]], store: Store | None, progress: Progress = _silently
) -> Outcome:
    """Return what `engine.run` does, by way of ``store``.

    Args:
        context: its repository may read its files when they are asked for.
        rules: returns the rules; called only where there is something to look at.
        store: what is kept of the last run, and where this one is kept; None to look at everything and keep nothing.
        progress: wraps the paths of files on the way, given their number and what is done to them.

    """
    before = store.read() if store else {}
    survey = _survey(context, before, progress)
    context.keys_of = survey.keys
    stale = [*_stale(context, before, survey)]
    looks = {path: _look(path, context, rules()) for path in progress(stale, len(stale), "Checking")}
    after = {path: kept for path in survey.stamps if (kept := _kept(path, looks.get(path), survey, context))}
    if store and after != before and _are_read(store.policies, context):
        standing = context.knowledge_base.as_of
        store.standing = microseconds(standing.at) if standing else None
        store.write(after)
    return engine.outcome(
        [*looks.values(), *(Look(kept.findings) for path, kept in after.items() if path not in looks)]
    )


def _are_read(policies: Mapping[str, str], context: Context) -> bool:
    """Whether the run has read ``policies`` as their digests say; one that was written meanwhile is for the next run."""
    read = {entry.path: entry.digest for entry in context.policies.values()}
    return all((read.get(path) or files.digest_of(context.root, path)) == known for path, known in policies.items())


@dataclass(slots=True)
class _Survey:
    """The files before any rule has run.

    Attributes:
        stamps: of every file, and of the whole.
        same: what is kept of those that are as they were.
        fresh: the keys of the others.

    """

    stamps: dict[str, str] = field(default_factory=dict)
    same: dict[str, Kept] = field(default_factory=dict)
    fresh: dict[str, Keys] = field(default_factory=dict)

    def keys(self, entry: Entry[Any]) -> Keys:
        """Return a file's keys."""
        return self.fresh[entry.path] if entry.path in self.fresh else Keys.from_plain(self.same[entry.path].basis.keys)


def _survey(context: Context, before: Mapping[str, Kept], progress: Progress) -> _Survey:
    survey = _Survey(files.stamps(context.root, context.entries, files.newest()))
    for path in progress(context.entries, len(context.entries), "Reading"):
        found, kept = survey.stamps[path], before.get(path)
        proven = kept and kept.digest and found and found == kept.stamp
        if kept and (proven or (kept.digest and files.digest_of(context.root, path) == kept.digest)):
            survey.same[path] = kept
        else:
            survey.fresh[path] = keys.of(context.entries[path], context.house)
            context.entries[path].pack()
    survey.stamps[WHOLE] = digest_of_unread(context.unread)
    if WHOLE in before and before[WHOLE].stamp == survey.stamps[WHOLE]:
        survey.same[WHOLE] = before[WHOLE]
    return survey


def _stale(context: Context, before: Mapping[str, Kept], survey: _Survey) -> Iterator[str]:
    """Yield the files, and perhaps the whole, of which the rules may say something new."""
    changes = _changes(before, survey)
    now, there = microseconds(context.instant), _Lookup(context)
    for path in survey.stamps:
        kept = survey.same.get(path)
        if kept is None or not kept.stands_at(now) or changes.touch(kept) or there.differs(kept):
            yield path


@dataclass(slots=True)
class _Changes:
    """What other files answer otherwise than last time.

    Attributes:
        questions: as they are noted.
        impact: start, end (None while it lasts) and services of what has come, gone or moved.

    """

    questions: set[str] = field(default_factory=set)
    impact: list[tuple[dt.datetime, dt.datetime | None, tuple[str, ...]]] = field(default_factory=list)

    def touch(self, kept: Kept) -> bool:
        """Whether a result may be another one because of them."""
        if not self.questions:
            return False
        basis = kept.basis
        return not self.questions.isdisjoint(basis.asked) or any(map(self._hits, basis.impact if self.impact else ()))

    def _hits(self, asked: Sequence[str]) -> bool:
        service, start, end = asked[0], _time(asked[1]), _time(asked[2])
        return any(
            service in services and begin < end and (until is None or until > start)
            for begin, until, services in self.impact
        )


def _changes(before: Mapping[str, Kept], survey: _Survey) -> _Changes:
    changes, none = _Changes(), Keys()
    gone = [path for path in before if path not in survey.stamps]
    for path in (*survey.fresh, *gone):
        old = Keys.from_plain(before[path].basis.keys) if path in before else none
        new = survey.fresh.get(path, none)
        if not old.readable and old == new and not before[path].digest:
            continue  # nothing could be read of it, then and now
        changes.questions |= {EVERYTHING, *old.asked(path), *new.asked(path)}
        if old.ids != new.ids or old.actions != new.actions:
            changes.questions |= {"names incident", "names playbook", "names action"}
        for start, end, _, services in {*old.impact} ^ {*new.impact}:
            changes.impact.append((_time(start), _time(end) if end else None, services))
    if WHOLE not in survey.same:
        changes.questions.add("names unread")
    if gone or any(path not in before for path in survey.fresh):
        changes.questions.add("names file")
    return changes


_time = dt.datetime.fromisoformat


class _Lookup:
    """Looks each path up once."""

    def __init__(self, context: Context) -> None:
        self._root, self._known = context.root, dict[str, bool]()

    def differs(self, kept: Kept) -> bool:
        """Whether something that was looked for is there and was not, or the other way round."""
        for path, was in kept.basis.paths.items() if "p" in kept.marks else ():
            if path not in self._known:
                self._known[path] = files.exists(self._root, path)
            if self._known[path] is not was:
                return True
        return False


def _look(path: str, context: Context, rules: Sequence[Rule]) -> Look:
    if path == WHOLE:
        return engine.last_look(context, rules)
    entry = context.entries[path]
    look = engine.look(entry, context, rules)
    entry.pack()
    return look


def _kept(path: str, look: Look | None, survey: _Survey, context: Context) -> Kept | None:
    """Return what to keep of a file; of one on which a rule failed, nothing that would stand."""
    found = survey.stamps[path]
    if look is None:
        kept = survey.same[path]
        return kept if kept.stamp == found or not found else replace(kept, stamp=found)
    notes = look.notes if not look.failures else Notes(since=dt.datetime.max.replace(tzinfo=dt.UTC))
    stands = (_microseconds(notes.since), _microseconds(notes.until))
    if path == WHOLE:
        return Kept.of(found, found, stands, look.findings, _basis(Keys(), notes))
    entry = context.entries[path]
    known = survey.same[path].digest if path in survey.same else entry.digest
    content = known if entry.digest in ("", known) else ""  # written while we looked: look again next time
    return Kept.of(found if content else "", content, stands, look.findings, _basis(survey.keys(entry), notes))


def _microseconds(moment: dt.datetime | None) -> int | None:
    return None if moment is None else microseconds(moment)


def _basis(own: Keys, notes: Notes) -> Basis:
    impact = sorted([service, start.isoformat(), end.isoformat()] for service, start, end in notes.impact)
    return Basis(own.to_plain(), notes.asked, impact, notes.paths)
