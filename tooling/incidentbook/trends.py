"""Did it change? Two windows compared: how many incidents there were and how long each response time took, in all or by slice.

The tests are those of `incidentbook.statistics.compare`. All that is compared at once is corrected for being many (Benjamini and
Hochberg, 1995), so that of what stands out at most one in twenty is noise.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from incidentbook import population, slices
from incidentbook.durations import Sample, sample
from incidentbook.frozen import frozen
from incidentbook.memo import FORGETFUL, Memo, remembered
from incidentbook.periods import Window
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import DurationDefinition, MetricsPolicy
from incidentbook.records.time import words
from incidentbook.repository import Repository
from incidentbook.slices import EVERYTHING, Subset
from incidentbook.statistics import compare
from incidentbook.statistics.comparison import Comparison, corrected, in_words
from incidentbook.statistics.intervals import Estimate

if TYPE_CHECKING:
    from incidentbook.outputs import metrics_compare as printed

COUNT = "incidents"
_WHOLE = 10  # days from which a part of one says nothing
FORM = 2  # of what is remembered of the tests


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
        lengths: how long either period is, for people, where counts are told of periods of different length.

    """

    key: str
    name: str
    slice: str
    slice_name: str
    definition: str
    before: dict[str, int]
    after: dict[str, int]
    comparison: Comparison
    lengths: tuple[str, str] = ("", "")

    @property
    def words(self) -> str:
        """The outcome in plain words."""
        name = f"{self.name}, {self.slice_name}" if self.slice_name else self.name
        return in_words(self.comparison, name, words, lengths=self.lengths)

    def plain(self) -> printed.Change:
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
    told = _Told.of(repo, before, after)
    found = [
        change
        for part in _parts(repo, told, dimension)
        for change in _changes(policy.shown_durations, part, told, now, memo)
    ]
    outcome = remembered(
        memo, f"correction {FORM}", [change.comparison.p for change in found], lambda: _adjusted(found)
    )
    return [
        dataclasses.replace(change, comparison=_with(change.comparison, adjusted, outcome["slices"]))
        for change, adjusted in zip(found, outcome["p"], strict=True)
    ]


def of_duration(
    repo: Repository, key: str, before: Window, after: Window, now: dt.datetime, subset: Subset = EVERYTHING
) -> Change | None:
    """Return what became of one response time of policy, or of the count (`COUNT`); None where policy has no such key."""
    told = _Told.of(repo, before, after, subset)
    part = next(_parts(repo, told, ""))
    found = _changes(repo.policy(MetricsPolicy).durations, part, told, now, FORGETFUL)
    return next((change for change in found if change.key == key), None)


def of_failures(
    repo: Repository, before: Window, after: Window, subset: Subset = EVERYTHING
) -> tuple[Comparison, tuple[Window, Window]]:
    """Return how often something failed, and the parts of the windows told of.

    By the severities that policy counts for MTBF, unless ``subset`` names some.
    """
    told = _Told.of(repo, before, after, subset)
    severities = subset.of("severity") or repo.policy(MetricsPolicy).mtbf.severities
    sides = [tuple(item for item in side if item.severity in severities) for side in (*told.sides, told.earlier)]
    return _counts(_Part("", "", sides[0], sides[1], sides[2]), told, FORGETFUL), told.windows


@frozen
class _Told:
    """What records tell of two periods.

    Attributes:
        windows: the parts of them that are told of.
        sides: the incidents of either.
        refused: why how often there were incidents cannot be compared.
        before: the time up to the end of the earlier one that says how much counts vary; None where nothing says it, and
            where the two say it themselves.
        earlier: the incidents of that time.

    """

    windows: tuple[Window, Window]
    sides: tuple[tuple[Incident, ...], tuple[Incident, ...]]
    refused: str
    before: Window | None
    earlier: tuple[Incident, ...]

    @classmethod
    def of(cls, repo: Repository, before: Window, after: Window, subset: Subset = EVERYTHING) -> _Told:
        policy = repo.policy(MetricsPolicy)
        everybody = population.Everybody(repo, policy)
        watch, holds = everybody.watch, functools.partial(subset.holds, repo)
        refused = next((watch.note(window) for window in (before, after) if watch.of(window) is None), "")
        windows = watch.of(before) or before, watch.of(after) or after
        sides = everybody.within(windows[0], holds=holds).counted, everybody.within(windows[1], holds=holds).counted
        short = not any(population.is_long(window) for window in windows)
        usual = watch.up_to(windows[0].end, policy.mtbf.exposure_length, before.zone) if short else None
        return cls(windows, sides, refused, usual, everybody.within(usual, holds=holds).counted if usual else ())

    @property
    def lengths(self) -> tuple[str, str]:
        """How long either is, for people; empty where both read the same."""
        before, after = (window.seconds / population.DAY for window in self.windows)
        said = _days(before), _days(after)
        return said if said[0] != said[1] else ("", "")


def _days(length: float) -> str:
    return f"{length:,.0f} days" if length >= _WHOLE else f"{length:.2g} days"


@frozen
class _Part:
    """The incidents of one slice: of the earlier period, the later one, and the time that says how much counts vary."""

    label: str
    name: str
    before: tuple[Incident, ...]
    after: tuple[Incident, ...]
    earlier: tuple[Incident, ...]


def _parts(repo: Repository, told: _Told, dimension: str) -> Iterator[_Part]:
    if not dimension:
        yield _Part("", "", *told.sides, told.earlier)
        return
    of = [
        {part.label: part.incidents for part in slices.slices(repo, side, dimension)}
        for side in (*told.sides, told.earlier)
    ]
    for both in slices.slices(repo, [*told.sides[0], *told.sides[1]], dimension):
        before, after, earlier = (side.get(both.label, ()) for side in of)
        yield _Part(both.label, both.name, before, after, earlier)


def _changes(
    durations: Mapping[str, DurationDefinition], part: _Part, told: _Told, now: dt.datetime, memo: Memo
) -> Iterator[Change]:
    label, name = part.label, part.name
    text = "incidents that started in the window"
    yield Change(COUNT, "Incidents", label, name, text, {}, {}, _counts(part, told, memo), told.lengths)
    for key, definition in durations.items():
        first, second = (sample(side, definition, now) for side in (part.before, part.after))
        called = definition.name or key
        title = f"Median {called[:1].lower()}{called[1:]}"
        text = f"{definition.from_} to {definition.to}, over the incidents that started in the window"
        left = _left_out(first), _left_out(second)
        yield Change(key, title, label, name, text, *left, _durations(first, second, memo))


def _left_out(found: Sample) -> dict[str, int]:
    return {
        reason: count for reason, count in {"missing": found.missing, **found.excluded_of_quantiles}.items() if count
    }


def _counts(part: _Part, told: _Told, memo: Memo) -> Comparison:
    before, after = len(part.before), len(part.after)
    if told.refused:
        return Comparison("count", Estimate(None, before), Estimate(None, after), refused=told.refused)
    first, second = told.windows
    exposures = first.seconds / population.DAY, second.seconds / population.DAY
    by_period = population.by_stretch(part.before, first), population.by_stretch(part.after, second)
    earlier = population.by_stretch(part.earlier, told.before) if told.before else []
    asked = [before, after, exposures, by_period, earlier]
    return _kept(memo, "counts", asked, lambda: compare.counts(before, after, exposures, by_period, earlier))


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
