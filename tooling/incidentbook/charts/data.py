"""What a chart shows: plain data with everything that has to stand beside it. It knows no knowledge base and no picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from incidentbook.frozen import frozen
from incidentbook.periods import Window
from incidentbook.records.time import utc_text

if TYPE_CHECKING:
    from incidentbook.outputs import metrics_chart as printed

Row = Mapping[str, Any]
ENOUGH = "A longer --period may have enough; `inc metrics chart --list` says what each chart needs."


@frozen
class Bar:
    """A line of the chart in a terminal.

    Attributes:
        label: what it is about.
        value: its length; None where there is none.
        said: the value for people.
        mark: what is unusual about it.

    """

    label: str
    value: float | None
    said: str
    mark: str = ""


@frozen
class Data:
    """The data of one chart.

    Attributes:
        name: the chart's name (``durations``).
        title: for people.
        definition: what is drawn, from what to what.
        summary: what the picture shows, in a sentence or two for whoever does not see it.
        window: the time that it is about.
        now: what is open is so at this instant.
        commit: what it was computed from; empty outside Git.
        n: on how many incidents (or items) it rests.
        left_out: how many were left out, by reason.
        rows: what is drawn, one mark or point each, in plain values; times as the wall clock of the window's zone shows them.
        lines: values that hold for the whole chart (centre, limits, median), by name; None where there is none.
        bars: the same for a terminal.
        notes: what else has to be known.
        method: how limits and intervals were computed.
        reading: what the marks of the picture mean.
        refused: why it is not drawn; empty where it is.
        advice: what a reader at a terminal can do about that.

    """

    name: str
    title: str
    definition: str
    window: Window
    now: dt.datetime
    commit: str = ""
    summary: str = ""
    n: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    lines: Mapping[str, Any] = field(default_factory=dict)
    bars: tuple[Bar, ...] = ()
    notes: tuple[str, ...] = ()
    method: str = ""
    reading: str = ""
    refused: str = ""
    advice: str = ENOUGH

    @property
    def said_left_out(self) -> str:
        """What was left out, in words; empty when nothing was."""
        return ", ".join(f"{count:,} {reason}" for reason, count in self.left_out.items() if count)

    def foot(self, *, pictured: bool) -> tuple[str, str]:
        """Return what stands below: what is shown and on how much it rests, then window, zone and commit.

        ``pictured`` is whether it stands below a picture, whose marks want explaining.
        """
        pieces = [self.definition, f"n = {self.n:,}"]
        pieces += [f"left out: {self.said_left_out}"] if self.said_left_out else []
        pieces += [self.method, *self.notes, self.reading if pictured else ""]
        text = "; ".join(piece for piece in pieces if piece)
        zone = ZoneInfo(self.window.zone)
        start, end, now = (self._said(moment, zone) for moment in (self.window.start, self.window.end, self.now))
        standing = "" if now == end else f", as of {now}"
        origin = f"commit {self.commit}" if self.commit else "not in Git"
        return f"{text[:1].upper()}{text[1:]}.", f"{start} to {end} ({zone}){standing}, {origin}"

    @staticmethod
    def _said(moment: dt.datetime, zone: ZoneInfo) -> str:
        local = moment.astimezone(zone)
        return f"{local:%Y-%m-%d}" if local.time() == dt.time() else f"{local:%Y-%m-%d %H:%M}"

    def plain(self) -> printed.Output:
        """Return it for JSON, and as that by which a drawing is known again."""
        return {
            "name": self.name,
            "title": self.title,
            "definition": self.definition,
            "summary": self.summary,
            "window": self.window.plain(),
            "as_of": utc_text(self.now),
            "commit": self.commit,
            "n": self.n,
            "left_out": dict(self.left_out),
            "method": self.method,
            "reading": self.reading,
            "notes": list(self.notes),
            "refused": self.refused,
            "advice": self.advice if self.refused else "",
            "lines": dict(self.lines),
            "rows": [dict(row) for row in self.rows],
        }
