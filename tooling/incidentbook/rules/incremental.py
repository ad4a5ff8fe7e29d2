"""A check that does again only what may come out otherwise than last time; its result is that of a check of everything.

What was kept of a file stands when its content is the same, no answer that it depends on has changed, and time has not passed a
moment that it depends on. Everything else is looked at again. The key of the store holds what all results depend on: rules,
tool, policies.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from incidentbook.repository import Entry, digest, read_bytes
from incidentbook.rules import Rule, engine, keys
from incidentbook.rules.cache import Kept, Store, microseconds, stamp
from incidentbook.rules.context import EVERYTHING, Context, Notes, exists
from incidentbook.rules.engine import Look, Outcome
from incidentbook.rules.keys import Keys

Progress = Callable[[Sequence[str], int], Iterable[str]]
WHOLE = ""  # in place of a path: the knowledge base as a whole
_GRAIN = 2_000_000_000  # nanoseconds; no file system tells times apart worse than this


def run(
    context: Context, rules: Callable[[], Sequence[Rule]], store: Store | None, progress: Progress | None = None
) -> Outcome:
    """Return what `engine.run` does, by way of ``store``.

    Args:
        context: its repository may read its files when they are asked for.
        rules: returns the rules; called only where there is something to look at.
        store: what is kept of the last run, and where this one is kept; None to look at everything and keep nothing.
        progress: wraps the paths that are looked at, given their number.

    """
    before = store.read() if store else {}
    survey = _survey(context, before)
    context.keys_of = survey.keys
    stale = [*_stale(context, before, survey)]
    looks = {path: _look(path, context, rules()) for path in (progress(stale, len(stale)) if progress else stale)}
    after = {path: kept for path in survey.stamps if (kept := _kept(path, looks.get(path), survey, context))}
    if store and after != before:
        store.write(after)
    return engine.outcome(
        [*looks.values(), *(Look(kept.findings) for path, kept in after.items() if path not in looks)]
    )


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
        return self.fresh[entry.path] if entry.path in self.fresh else self.same[entry.path].keys


def _survey(context: Context, before: Mapping[str, Kept]) -> _Survey:
    survey, written, top = _Survey(), time.time_ns() - _GRAIN, f"{context.root}/"
    for path, entry in context.entries.items():
        found, kept = stamp(top + path, written), before.get(path)
        survey.stamps[path] = found
        if kept and kept.digest and ((found and found == kept.stamp) or _digest(context, path) == kept.digest):
            survey.same[path] = kept
        else:
            survey.fresh[path] = keys.of(entry, context.house)
            entry.pack()
    survey.stamps[WHOLE] = _unread(context)
    if WHOLE in before and before[WHOLE].stamp == survey.stamps[WHOLE]:
        survey.same[WHOLE] = before[WHOLE]
    return survey


def _digest(context: Context, path: str) -> str:
    data, _ = read_bytes(context.root, context.root / path)
    return digest(data) if data is not None else "none"


def _unread(context: Context) -> str:
    return digest(json.dumps(context.unread).encode())


def _stale(context: Context, before: Mapping[str, Kept], survey: _Survey) -> Iterator[str]:
    """Yield the files, and perhaps the whole, of which the rules may say something new."""
    changes = _changes(before, survey)
    now, there = microseconds(context.instant), _Lookup(context)
    for path in survey.stamps:
        kept = survey.same.get(path)
        if kept is None or not kept.stands_at(now) or changes.touch(kept) or there.differs(kept.paths):
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
        return not self.questions.isdisjoint(kept.asked) or any(
            self._hit(*asked) for asked in kept.impact if self.impact
        )

    def _hit(self, service: str, start: dt.datetime, end: dt.datetime) -> bool:
        return any(
            service in services and begin < end and (until is None or until > start)
            for begin, until, services in self.impact
        )


def _changes(before: Mapping[str, Kept], survey: _Survey) -> _Changes:
    changes, none = _Changes(), Keys()
    gone = [path for path in before if path not in survey.stamps]
    for path in (*survey.fresh, *gone):
        old, new = before[path].keys if path in before else none, survey.fresh.get(path, none)
        if path in before and path in survey.fresh and not before[path].digest and old == new:
            continue  # nothing could be read of it, then and now
        changes.questions |= {EVERYTHING, *old.asked(path), *new.asked(path)}
        if old.ids != new.ids or old.actions != new.actions:
            changes.questions |= {"names incident", "names playbook", "names action"}
        for start, end, _, services in {*old.impact} ^ {*new.impact}:
            changes.impact.append((_time(start), _time(end) if end else None, services))
    if gone or any(path not in before for path in survey.fresh):
        changes.questions.add("names file")
    return changes


_time = dt.datetime.fromisoformat


class _Lookup:
    """Looks each path up once."""

    def __init__(self, context: Context) -> None:
        self._root, self._known = context.root, dict[str, bool]()

    def differs(self, paths: Mapping[str, bool]) -> bool:
        """Whether one of ``paths`` is there and was not, or the other way round."""
        for path, was in paths.items():
            if path not in self._known:
                self._known[path] = exists(self._root, path)
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
    if path == WHOLE:
        return None if look.failures else Kept.of(found, found, Keys(), look.findings, look.notes)
    entry = context.entries[path]
    content = entry.digest or (survey.same[path].digest if path in survey.same else "")
    notes = look.notes if not look.failures else Notes(since=dt.datetime.max.replace(tzinfo=dt.UTC))
    return Kept.of(found if content else "", content, survey.keys(entry), look.findings, notes)
