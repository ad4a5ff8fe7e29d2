"""What became of figures that were reported earlier: which of them moved, and which edits of records did it.

Both states are measured over the same window and at the same "now", that of the earlier one, so that a difference is the work of
edits and never of time. What an edit did is measured by making it alone in the earlier state. Medians and shares do not
add up, so the effects of several edits need not either.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from incidentbook import metrics
from incidentbook.alterations import Edit, same
from incidentbook.figures import Figure
from incidentbook.frozen import frozen
from incidentbook.metrics import Measurement
from incidentbook.periods import Window
from incidentbook.repository import Repository

if TYPE_CHECKING:
    from incidentbook.outputs import metrics_restate as printed

_COUNTS = "metrics"  # the policy that holds numbers by month


@frozen
class Effect:
    """What one edit alone makes of a figure; None where it takes it away."""

    edit: Edit
    figure: Figure | None


@frozen
class Moved:
    """A figure that is no longer what it was.

    Attributes:
        before: as it was reported; None where there was no such figure.
        after: as the records say it now; None where there is none any more.
        effects: of each edit that moves it by itself.

    """

    before: Figure | None
    after: Figure | None
    effects: tuple[Effect, ...]

    @property
    def name(self) -> str:
        """The figure's name."""
        figure = self.after or self.before
        return figure.name if figure else ""

    @property
    def shows(self) -> bool:
        """Whether it reads otherwise: a second more or less of some hours does not."""
        return said(self.before) != said(self.after)

    def plain(self) -> printed.Moved:
        """Return it for JSON."""
        effects: list[printed.Effect] = [
            {"edit": effect.edit.name, "alone": effect.figure.plain() if effect.figure else None}
            for effect in self.effects
        ]
        before, after = (figure.plain() if figure else None for figure in (self.before, self.after))
        return {"name": self.name, "before": before, "after": after, "effects": effects}


@frozen
class Restatement:
    """One window: as measured then, as measured now, and what moved."""

    before: Measurement
    after: Measurement
    moved: tuple[Moved, ...]

    @property
    def movers(self) -> list[Edit]:
        """The edits that move a figure by themselves, in the order of their names."""
        found = {effect.edit.unit: effect.edit for moved in self.moved for effect in moved.effects}
        return [found[unit] for unit in sorted(found)]

    def effects_of(self, edit: Edit) -> list[tuple[Moved, Figure | None]]:
        """Return each figure that ``edit`` moves by itself, with what it makes of it."""
        return [
            (moved, effect.figure) for moved in self.moved for effect in moved.effects if effect.edit.unit == edit.unit
        ]


def said(figure: Figure | None) -> str:
    """Return a figure as it is set beside another: its value, with its parts or n; a dash where there is none."""
    if figure is None:
        return "-"
    parts = "/".join(map(str, figure.parts.values()))
    return f"{figure.text} ({parts})" if parts else f"{figure.text} (n = {figure.n})"


def restate(
    before: Repository, after: Repository, window: Window, now: dt.datetime, changed: Iterable[Edit]
) -> Restatement:
    """Measure ``window`` in two states at the same ``now``, and find the edits that moved its figures."""
    then, today = metrics.measure(before, window, now), metrics.measure(_counted(before, after), window, now)
    pairs = {key: (one, other) for key, one, other in _pairs(then, today) if not _alike(one, other)}
    effects: dict[str, list[Effect]] = {key: [] for key in pairs}
    for edit in changed if pairs else ():
        alone = metrics.measure(_with(before, edit, after.written), window, now)
        for key, one, other in _pairs(then, alone):
            if key in effects and not _alike(one, other):
                effects[key].append(Effect(edit, other))
    moved = (Moved(*pairs[key], tuple(effects[key])) for key in pairs)
    return Restatement(then, today, tuple(moved))


def _counted(before: Repository, after: Repository) -> Repository:
    """Return ``after``, its numbers by month as old as those of ``before`` where nobody has written others since."""
    policies = (repo.policies.get(_COUNTS) for repo in (before, after))
    if not same(*policies):
        return after
    found = dataclasses.replace(after, written=before.written)
    found.until, found.content = after.until, after.content
    return found


def _with(repo: Repository, edit: Edit, written: dt.datetime | None) -> Repository:
    """Return a state in which that edit, which was ``written`` then, and no other, has been made."""
    written = written if edit.unit[0] == _COUNTS else repo.written
    made = dataclasses.replace(
        repo, policies=dict(repo.policies), incidents=[], postmortems=[], playbooks=[], written=written
    )
    put = False
    for entry in repo.entries:
        if edit.before is None or entry.path != edit.before.path:
            made.add(entry)
        elif edit.after is None:
            made.policies.pop(entry.kind, None)
            put = True
        else:
            made.add(edit.after)
            put = True
    if not put and edit.after is not None:
        made.add(edit.after)
    return made


def _pairs(one: Measurement, other: Measurement) -> Iterator[tuple[str, Figure | None, Figure | None]]:
    left, right = _by_key(one), _by_key(other)
    for key in [*left, *(key for key in right if key not in left)]:
        if not (_is_split(left, right, key) or _is_split(right, left, key)):
            yield key, left.get(key) or _whole(left, right, key), right.get(key) or _whole(right, left, key)


def _is_split(here: Mapping[str, Figure], there: Mapping[str, Figure], key: str) -> bool:
    """Whether a figure without a value is told there in parts, as money is by currency once there is any."""
    none = key in here and here[key].value is None and key not in there
    return none and any(_stem(other) == key for other in there)


def _whole(here: Mapping[str, Figure], there: Mapping[str, Figure], key: str) -> Figure | None:
    """Return the figure without a value of which ``key`` is a part on the other side; None where there is none."""
    return here[_stem(key)] if _is_split(here, there, _stem(key)) else None


def _stem(key: str) -> str:
    return key.rpartition(".")[0]


def _by_key(measurement: Measurement) -> Mapping[str, Figure]:
    return {figure.key: figure for figure in measurement.figures}


def _alike(one: Figure | None, other: Figure | None) -> bool:
    """Whether two figures say the same; on how many incidents they rest, and how they are called, does not count."""
    if one is None or other is None:
        return one is other
    return one.value == other.value and one.parts == other.parts
