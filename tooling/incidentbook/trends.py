"""Did it change? Two windows compared: how many incidents there were and how long each response time took, in all or by slice.

The tests are those of `incidentbook.statistics.compare`. All that is compared at once is corrected for being many (Benjamini and
Hochberg, 1995), so that of what stands out at most one in twenty is noise.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from incidentbook import population, slices
from incidentbook.durations import Sample, sample
from incidentbook.frozen import frozen
from incidentbook.memo import FORGETFUL, Memo, remembered
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import DurationDefinition, MetricsPolicy
from incidentbook.records.time import words
from incidentbook.repository import Repository
from incidentbook.slices import Slice
from incidentbook.statistics import compare
from incidentbook.statistics.comparison import Comparison, corrected, in_words
from incidentbook.statistics.intervals import Estimate

COUNT = "incidents"
FORM = 1  # of what is remembered of the tests


@frozen
class Change:
    """What became of one figure from one window to the next.

    Attributes:
        key: ``incidents``, or the key of a response time in policy.
        name: for people.
        slice: the label of the slice; empty for all incidents.
        slice_name: its name for people.
        definition: what was compared.
        before: how many incidents of the earlier window gave no duration, by reason.
        after: how many of the later one.
        comparison: what the test says.

    """

    key: str
    name: str
    slice: str
    slice_name: str
    definition: str
    before: dict[str, int]
    after: dict[str, int]
    comparison: Comparison

    @property
    def words(self) -> str:
        """The outcome in plain words."""
        name = f"{self.name}, {self.slice_name}" if self.slice_name else self.name
        return in_words(self.comparison, name, words)

    def plain(self) -> dict[str, Any]:
        """Return it for JSON; durations in seconds, changes as fractions."""
        return {
            "key": self.key,
            "name": self.name,
            "slice": self.slice or None,
            "definition": self.definition,
            "left_out": {"before": self.before, "after": self.after},
            **self.comparison.plain(),
            "words": self.words,
        }


def changes(
    repo: Repository, before: Window, after: Window, now: dt.datetime, dimension: str = "", memo: Memo = FORGETFUL
) -> list[Change]:
    """Compare two windows: the count, and every response time that is no detail in policy, since each test costs the others.

    Args:
        repo: the knowledge base, or a view.
        before: the earlier window.
        after: the later one.
        now: until when incidents that are open have lasted.
        dimension: compare by its slices (a name in `slices.DIMENSIONS`); empty for all incidents together.
        memo: keeps the outcome of tests.

    """
    policy = repo.policy(MetricsPolicy)
    sides = [population.population(repo, policy, window).counted for window in (before, after)]
    found = [
        change
        for part in _parts(repo, sides, dimension)
        for change in _changes(policy.shown_durations, part, (before, after), now, memo)
    ]
    outcome = remembered(
        memo, f"correction {FORM}", [change.comparison.p for change in found], lambda: _adjusted(found)
    )
    return [
        dataclasses.replace(change, comparison=_with(change.comparison, adjusted, outcome["slices"]))
        for change, adjusted in zip(found, outcome["p"], strict=True)
    ]


def of_duration(
    repo: Repository, key: str, before: Window, after: Window, now: dt.datetime, memo: Memo = FORGETFUL
) -> Change | None:
    """Return what became of one response time of policy, or of the count (`COUNT`); None where policy has no such key."""
    policy = repo.policy(MetricsPolicy)
    first, second = (population.population(repo, policy, window).counted for window in (before, after))
    part = (Slice("", "", first), Slice("", "", second))
    found = _changes(policy.durations, part, (before, after), now, memo)
    return next((change for change in found if change.key == key), None)


def _parts(repo: Repository, sides: Sequence[tuple[Incident, ...]], dimension: str) -> Iterator[tuple[Slice, Slice]]:
    if not dimension:
        yield Slice("", "", sides[0]), Slice("", "", sides[1])
        return
    before, after = ({part.label: part for part in slices.slices(repo, side, dimension)} for side in sides)
    for both in slices.slices(repo, [*sides[0], *sides[1]], dimension):
        nobody = Slice(both.label, both.name, ())
        yield before.get(both.label, nobody), after.get(both.label, nobody)


def _changes(
    durations: Mapping[str, DurationDefinition],
    part: tuple[Slice, Slice],
    windows: tuple[Window, Window],
    now: dt.datetime,
    memo: Memo,
) -> Iterator[Change]:
    label, name = part[0].label, part[0].name
    yield Change(
        COUNT, "Incidents", label, name, "incidents that started in the window", {}, {}, _counts(part, windows, memo)
    )
    for key, definition in durations.items():
        first, second = (sample(side.incidents, definition, now) for side in part)
        called = definition.name or key
        title = f"Median {called[:1].lower()}{called[1:]}"
        text = f"{definition.from_} to {definition.to}, over the incidents that started in the window"
        left = _left_out(first), _left_out(second)
        yield Change(key, title, label, name, text, *left, _durations(first, second, memo))


def _left_out(found: Sample) -> dict[str, int]:
    return {reason: count for reason, count in {"missing": found.missing, **found.excluded}.items() if count}


def _counts(part: tuple[Slice, Slice], windows: tuple[Window, Window], memo: Memo) -> Comparison:
    before, after = len(part[0].incidents), len(part[1].incidents)
    exposures = windows[0].seconds / 86400, windows[1].seconds / 86400
    by_period = tuple(population.by_stretch(side.incidents, window) for side, window in zip(part, windows, strict=True))
    asked = [before, after, exposures, by_period]
    return _kept(memo, "counts", asked, lambda: compare.counts(before, after, exposures, (by_period[0], by_period[1])))


def _durations(first: Sample, second: Sample, memo: Memo) -> Comparison:
    asked = [sorted(values) for values in (first.seconds, second.seconds, first.lasting, second.lasting)]
    return _kept(memo, "durations", asked, lambda: compare.durations(*asked))


def _kept(memo: Memo, what: str, asked: object, make: Any) -> Comparison:
    plain = remembered(memo, f"comparison of {what} {FORM}", asked, lambda: make().plain())
    plain = {key: value for key, value in plain.items() if key != "verdict"}
    return Comparison(**{**plain, "before": Estimate(**plain["before"]), "after": Estimate(**plain["after"])})


def _adjusted(found: Sequence[Change]) -> dict[str, Any]:
    adjusted = corrected([change.comparison for change in found])
    return {"p": [item.adjusted_p for item in adjusted], "slices": max((item.slices for item in adjusted), default=1)}


def _with(comparison: Comparison, adjusted: float | None, of: int) -> Comparison:
    return comparison if adjusted is None else dataclasses.replace(comparison, adjusted_p=adjusted, slices=of)
