"""What a chart gathers its data from: a knowledge base or a view of it, one window, and "now"."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from incidentbook import periods
from incidentbook.charts.data import Data
from incidentbook.frozen import frozen
from incidentbook.memo import FORGETFUL, Memo
from incidentbook.periods import Window
from incidentbook.population import Everybody, Population
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import DurationDefinition, MetricsPolicy
from incidentbook.records.time import UTC
from incidentbook.records.vocabulary import Severity
from incidentbook.repository import Repository
from incidentbook.watch import Watch

MONTHS = 24  # of a chart where nobody asks for others
_DEFAULT_DURATION = "ttr"


@frozen
class Levels:
    """The burn-down of action items as plain series, or why there is none.

    Attributes:
        rows: one for each stretch of time, oldest first: ``label``, ``partial``, and at its end ``open``, ``overdue`` and
            ``done``, each None where the past does not reach back so far.
        definition: what "open" and "overdue" mean, and who says so.
        items: how many action items it is about.
        refused: why there is none.
        advice: what a reader can do about that.

    """

    rows: Sequence[Mapping[str, Any]] = ()
    definition: str = ""
    items: int = 0
    refused: str = ""
    advice: str = ""


class Scope:
    """What a chart may ask for."""

    def __init__(  # noqa: PLR0913 - what only some charts ask for has names
        self,
        repo: Repository,
        window: Window,
        now: dt.datetime,
        commit: str = "",
        *,
        duration: str = "",
        highlight: str = "",
        levels: Levels | None = None,
        memo: Memo = FORGETFUL,
    ) -> None:
        """Begin.

        Args:
            repo: the knowledge base, or a view: a chart shows only the records that it shows.
            window: what the chart is about; `usual` makes the one for whoever has no wish.
            now: what is open is so at this instant.
            commit: what the files were read from, to be told with the picture.
            duration: the key of a response time in policy; the time to resolve, or policy's last, when empty.
            highlight: the id of an incident to point at.
            levels: the burn-down of action items; only Git knows it.
            memo: keeps what takes long to compute.

        """
        self.repo, self.window, self.now, self.commit = repo, window, now, commit
        self.highlight, self.levels, self.memo = highlight, levels, memo
        self.policy = repo.policy(MetricsPolicy)
        known = self.policy.durations
        default = _DEFAULT_DURATION if _DEFAULT_DURATION in known else next(reversed(list(known)), _DEFAULT_DURATION)
        self.duration_key = duration or default

    @functools.cached_property
    def population(self) -> Population:
        """The incidents of the window that policy counts."""
        return self._everybody.within(self.window)

    @functools.cached_property
    def told(self) -> Window | None:
        """The part of the window of which records tell; None where they tell of none."""
        return self._watch.of(self.window)

    @functools.cached_property
    def counted(self) -> Population:
        """The incidents of that part that policy counts: those of months in which they were counted at all."""
        return self._everybody.within(self.told) if self.told else Population((), {})

    @property
    def unknown(self) -> str:
        """Why nobody can say what happened in the window; empty where records tell of some of it, or where there are none."""
        return self._watch.note(self.window) if self.told is None and self._watch.since is not None else ""

    @property
    def ever(self) -> list[Incident]:
        """Every incident that policy counts, whenever it started, oldest first."""
        return self._everybody.counted

    @property
    def end(self) -> dt.datetime:
        """The end of the window, or "now", or the end of what records tell of, whichever comes first."""
        return min(self.told.end if self.told else self.window.end, self.now)

    @property
    def _watch(self) -> Watch:
        return self._everybody.watch

    @functools.cached_property
    def _everybody(self) -> Everybody:
        return Everybody(self.repo, self.policy)

    @property
    def duration(self) -> DurationDefinition:
        """The response time that is asked for; from start to resolution where policy defines none."""
        return self.policy.durations.get(self.duration_key, DurationDefinition(name="Time to resolve"))

    @property
    def severities(self) -> tuple[Severity, ...]:
        """The severities that count as failures: those of MTBF."""
        return self.policy.mtbf.severities

    def months(self) -> Iterator[Window]:
        """Yield the calendar months of the window, the first and the last only as far as they are in it.

        Nothing before the day on which records begin, or before the month of the first record where only that is known:
        nobody took anything down then.
        """
        if self.unknown:
            return
        told = self.told or self.window
        begins = max(told.start, self._watch.since or told.start).astimezone(UTC)
        zone = ZoneInfo(self.window.zone)
        month = periods.month_of(begins, zone)
        while month.start < told.end:
            end = min(month.end, told.end)
            yield Window(max(month.start, told.start), end, month.label, str(zone), partial=end < month.end)
            month = periods.month_of(month.end, zone)

    def wall(self, moment: dt.datetime) -> str:
        """Return a time as a clock in the window's zone shows it, without an offset: where it stands on the axis."""
        return moment.astimezone(ZoneInfo(self.window.zone)).strftime("%Y-%m-%dT%H:%M:%S")

    def data(self, name: str, title: str, definition: str, *, of_incidents: bool = True, **more: Any) -> Data:
        """Return the data of a chart with the window, "now" and the commit of this scope, and of what time records tell."""
        whole = not of_incidents or self.told is None or self.told == self.window
        cut = "" if whole else self._watch.note(self.window)
        more["notes"] = (*more.get("notes", ()), *([f"of the window {cut}"] if cut else []))
        return Data(name, title, definition, self.window, self.now, self.commit, **more)


def usual(now: dt.datetime, zone: ZoneInfo, months: int = MONTHS) -> Window:
    """Return the window of the calendar months that end with the running one, in ``zone``."""
    last = periods.month_of(now - dt.timedelta.resolution, zone)
    local = last.start.astimezone(zone)
    first = local.year * 12 + local.month - months
    start = periods.calendar(first // 12, first % 12 + 1, 1, zone).start
    return Window(start, now.astimezone(UTC), f"{months} months to {local:%Y-%m}", str(zone), partial=True)


def whole(windows: Sequence[Window]) -> Window:
    """Return the one window from the first of several to the last."""
    if len(windows) == 1:
        return windows[0]
    first, last = windows[0], windows[-1]
    return Window(first.start, last.end, f"{first.label} to {last.label}", first.zone, partial=last.partial)
