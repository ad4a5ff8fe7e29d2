"""What the records say of a figure of which a text claims a change: its values in two windows, and whether they differ.

Counts and durations are compared as `incidentbook.trends` does it. Shares are compared by Fisher's exact test, the time between
failures by the test of its counts, and availability and downtime by the rank test of the downtime of weeks (of days, in windows
below eight weeks): one value a window says nothing of noise.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Callable
from itertools import pairwise

from incidentbook import downtime, trends
from incidentbook.frozen import frozen
from incidentbook.metrics import (
    Scope,
    Whole,
    actions_in_window,
    change_failures,
    postmortem_coverage,
)
from incidentbook.periods import Window
from incidentbook.prose.claimed_figures import Measure
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.policy.services import Services
from incidentbook.records.time import words
from incidentbook.repository import Repository
from incidentbook.slices import EVERYTHING, Subset
from incidentbook.statistics import compare, rates
from incidentbook.statistics.comparison import Comparison, in_words
from incidentbook.statistics.intervals import Estimate

DAY = 86_400
_WEEKS = 8  # windows of so many weeks are looked at by weeks, shorter ones by days
_SHARES = {
    Measure.CHANGES: (change_failures, "change-failure-rate", "changes"),
    Measure.WRITTEN: (postmortem_coverage, "postmortem-coverage", "incidents"),
    Measure.IN_TIME: (postmortem_coverage, "postmortem-in-time", "incidents"),
    Measure.ON_TIME: (actions_in_window, "actions-on-time", "action items"),
}
_OF_INCIDENTS = (Measure.WRITTEN, Measure.IN_TIME)


@frozen
class Outcome:
    """What the records say.

    Attributes:
        comparison: of the figure itself: ``higher`` means a longer time between failures.
        words: the same in plain words.
        say: gives a value of the figure with its unit.
        about: of what it is: all incidents, or those that the claim names.
        noun: what n counts, where that is not incidents.

    """

    comparison: Comparison
    words: str
    say: Callable[[float], str]
    about: str
    noun: str = ""

    def beside(self, before: Window, after: Window) -> str:
        """Return the two windows with n; where nothing was compared, with the values and their intervals."""
        sides = ((before, self.comparison.before), (after, self.comparison.after))
        return "; then ".join(
            f"{window.label}{self._value(side)}, n = {side.n:,}{self._noun}" for window, side in sides
        )

    @property
    def _noun(self) -> str:
        return f" {self.noun}" if self.noun else ""

    def _value(self, side: Estimate) -> str:
        if self.comparison.verdict != "refused" or side.value is None:
            return ""
        if side.low is None or side.high is None:
            return f": {self.say(side.value)}"
        return f": {self.say(side.value)} (95 %: {self.say(side.low)} to {self.say(side.high)})"


def of(
    repo: Repository, measure: Measure, before: Window, after: Window, now: dt.datetime, subset: Subset = EVERYTHING
) -> Outcome | None:
    """Return what the records say of a figure; None where policy does not define it.

    Changes and action items belong to no incidents in particular, and availability only to services: where it is not told of
    ``subset``, it is of the whole, and says so.

    Args:
        repo: the knowledge base.
        measure: which figure.
        before: the earlier window.
        after: the later one.
        now: until when incidents that are open have lasted.
        subset: the incidents that the claim names.

    """
    if measure in _SHARES:
        return _share(repo, measure, (before, after), now, subset if measure in _OF_INCIDENTS else EVERYTHING)
    if measure is Measure.BETWEEN:
        return _between(repo, (before, after), subset)
    if measure in (Measure.AVAILABILITY, Measure.DOWNTIME):
        return _lost(repo, measure, (before, after), now, _one_service(subset))
    key = trends.COUNT if measure is Measure.COUNT else _key(repo.policy(MetricsPolicy), measure)
    found = trends.of_duration(repo, key, before, after, now, subset) if key else None
    if found is None:
        return None
    say = _per_day if measure is Measure.COUNT else words
    return Outcome(found.comparison, found.words, say, subset.name(repo))


def _key(policy: MetricsPolicy, measure: Measure) -> str:
    """Return the key of the duration that a claim means: of several times to a milestone, that from the start."""
    found = [key for key, definition in policy.durations.items() if definition.to == measure]
    return next((key for key in found if policy.durations[key].from_ == "started"), found[0] if found else "")


def _one_service(subset: Subset) -> str | None:
    """Return the slug of the service, where a subset is that of one."""
    return (
        subset.of("service")[0] if [len(found) for _, found in subset.labels if subset.of("service")] == [1] else None
    )


def _share(
    repo: Repository, measure: Measure, windows: tuple[Window, Window], now: dt.datetime, subset: Subset
) -> Outcome:
    module, key, noun = _SHARES[measure]
    whole = Whole(repo, now)
    holds = functools.partial(subset.holds, repo) if subset.labels else None
    figures = [
        next(figure for figure in module.compute(Scope(whole, window, holds)) if figure.key == key)
        for window in windows
    ]
    sides = [(round(figure.n * (figure.value or 0.0) / 100), figure.n) for figure in figures]
    comparison = compare.proportions(sides[0], sides[1])
    notes = [figure.note for figure in figures if figure.value is None and figure.note]
    text = " ".join(
        [in_words(comparison, figures[0].name, _percent, noun), *(f"{note}." for note in dict.fromkeys(notes))]
    )
    return Outcome(comparison, text, _percent, subset.name(repo) if measure in _OF_INCIDENTS else f"all {noun}", noun)


def _between(repo: Repository, windows: tuple[Window, Window], subset: Subset) -> Outcome:
    counts, told = trends.of_failures(repo, *windows, subset)
    failures, days = (counts.before.n, counts.after.n), [window.seconds / DAY for window in told]
    first, second = (rates.time_between(*side) for side in zip(failures, days, strict=True))
    change = second.value / first.value - 1 if first.value and second.value else None
    comparison = Comparison(
        "duration", first, second, change, counts.p, _turned(counts.leans), counts.method, refused=counts.refused
    )
    text = in_words(comparison, "Mean time between failures", _days, "failures")
    return Outcome(comparison, text, _days, subset.name(repo), "failures")


def _lost(
    repo: Repository, measure: Measure, windows: tuple[Window, Window], now: dt.datetime, service: str | None
) -> Outcome:
    """Return what became of availability, or of downtime, which is the same time seen from the other side."""
    whole = Whole(repo, now)
    watch = whole.everybody.watch
    lost = [Scope(whole, window).lost(service, window) for window in windows]
    told = [watch.of(window) or window for window in windows]
    step = 7 if all(window.seconds >= _WEEKS * 7 * DAY for window in told) else 1
    parts = [_by_stretch(whole.impact, service, window, step) for window in told]
    noun, silent = "weeks" if step > 1 else "days", sum(side.silent for side in lost)
    unknown = next((watch.note(window) for window in windows if watch.of(window) is None), "")
    values = [None if side.availability is None else 1 - side.availability / 100 for side in lost]
    downs = Estimate(values[0], len(parts[0])), Estimate(values[1], len(parts[1]))
    comparison = _of_downtime(*downs, compare.durations(*parts), noun, unknown)
    name, say = "Downtime", _a_week
    if measure is Measure.AVAILABILITY:
        comparison, name, say = _turned_round(comparison), "Availability", _fine
    text = in_words(comparison, name, say, noun)
    missing = f" {silent} incident{' says' if silent == 1 else 's say'} nothing of when they hurt." if silent else ""
    about = repo.policy(Services).name(service) if service else "all services"
    return Outcome(comparison, text + missing, say, about, noun)


def _of_downtime(before: Estimate, after: Estimate, test: Comparison, noun: str, unknown: str) -> Comparison:
    """Return the comparison of two shares of time that were lost, given that of the downtime of stretches of the windows."""
    if before.value is None or after.value is None:
        return Comparison("duration", before, after, refused=unknown or "no incident of a window says when it hurt")
    leans = "higher" if after.value > before.value else "lower" if after.value < before.value else ""
    refused = test.refused and f"{before.n} {noun} before and {after.n} after are too few"
    if not refused and leans and test.leans and test.leans != leans:
        refused = f"most {noun} went one way and their sum the other"
    change = after.value / before.value - 1 if before.value else None
    p = None if refused else test.p
    return Comparison("duration", before, after, change, p, leans, test.method, refused=refused)


def _turned_round(lost: Comparison) -> Comparison:
    """Return the comparison of what was not lost; its change is in points."""
    first, second = (
        dataclasses.replace(side, value=None if side.value is None else 1 - side.value)
        for side in (lost.before, lost.after)
    )
    change = None if first.value is None or second.value is None else second.value - first.value
    return dataclasses.replace(
        lost, of="proportion", before=first, after=second, change=change, leans=_turned(lost.leans)
    )


def _by_stretch(impact: downtime.Impact, service: str | None, window: Window, days: int) -> list[float]:
    """Return the downtime-equivalent seconds of the whole stretches of so many days that end with a window."""
    step = dt.timedelta(days=days)
    edges = [window.end - step * number for number in range(int(window.seconds // step.total_seconds()), -1, -1)]
    return [downtime.downtime(impact.during(service, start, end), start, end) for start, end in pairwise(edges)]


def _turned(leans: str) -> str:
    return {"higher": "lower", "lower": "higher"}.get(leans, "")


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _fine(share: float) -> str:
    return f"{100 * share:.3f} %"


def _a_week(share: float) -> str:
    return f"{words(share * 7 * DAY)} a week"


def _days(days: float) -> str:
    return f"{days:.1f} days"


def _per_day(rate: float) -> str:
    return f"{rate:.2f} a day"
