"""A figure and everything that has to stand beside it: definition, n, what was left out and why, window, commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from incidentbook.frozen import frozen
from incidentbook.periods import Window
from incidentbook.records.money import Money
from incidentbook.records.time import clock, short, words
from incidentbook.statistics.intervals import Estimate

Value = float | int | Money | None
DAY = 86_400
PERCENT = 100.0
_FORMS = {
    "percent": "{:.2f} %",
    "days": "{:,.1f} days",
    "per 30 days": "{:,.2f} per 30 days",
    "hours": "{:,.1f} hours",
    "times": "{:,.2f} times",
}


@frozen
class Figure:
    """One figure of one window.

    Attributes:
        key: stable name for programs (``mttr``, ``availability.public-api``).
        name: name for people.
        unit: ``seconds``, ``hours`` (of people's time), ``days``, ``percent``, ``per 30 days``, ``times`` (as often or as
            fast as what it is held against), ``count`` or ``money``.
        value: None is N/A, shown as such.
        definition: what was computed, from what to what.
        n: on how many incidents (or items) it rests.
        missing: how many were left out because the record does not say.
        excluded: how many were left out, by reason (drill, near miss, cancelled, …).
        open: how many are not over yet.
        counts_open: whether those are in the figure, as far as they have come; else they were left out.
        low: lower end of the 95 % interval, in the unit of the value; None where there is no bound on that side.
        high: upper end.
        method: how the interval was computed, and what it is worth.
        refused: why there is no interval; empty where there is one, and where the figure is no estimate.
        target: what policy asks for, in the unit of the value.
        parts: the figure by some category, in the order to show.
        part_unit: the unit of the parts.
        group: the heading under which it is shown.
        detail: whether it is one of those that only a reader who asks for all is shown.

    """

    key: str
    name: str
    unit: str
    value: Value
    definition: str
    n: int = 0
    missing: int = 0
    excluded: Mapping[str, int] = field(default_factory=dict)
    open: int = 0
    low: float | None = None
    high: float | None = None
    target: float | None = None
    note: str = ""
    parts: Mapping[str, float] = field(default_factory=dict)
    window: Window | None = None
    method: str = ""
    refused: str = ""
    group: str = ""
    detail: bool = False
    part_unit: str = "count"
    counts_open: bool = False

    @classmethod
    def estimated(cls, key: str, name: str, unit: str, found: Estimate, definition: str, **more: Any) -> Figure:
        """Return the figure of an estimate in the unit of the figure; a share, which is a fraction there, in per cent."""
        scale = PERCENT if unit == "percent" else 1.0
        value, low, high = (
            None if number is None else number * scale for number in (found.value, found.low, found.high)
        )
        return cls(
            key, name, unit, value, definition, low=low, high=high, method=found.method, refused=found.refused,
            **{"n": found.n, **more},
        )  # fmt: skip

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> Figure:
        """Return the figure that ``plain`` gave."""
        low, high = plain["interval_95"] or (None, None)
        value, window = plain["value"], plain["window"]
        if isinstance(value, Mapping):
            value = Money.from_plain(dict(value))
        same = ("key", "name", "unit", "definition", "n", "missing", "excluded", "open", "target", "note", "parts")
        more = ("method", "group", "detail", "part_unit", "counts_open")
        return cls(
            **{name: plain[name] for name in (*same, *more)}, value=value, low=low, high=high, refused=plain["no_interval"],
            window=Window.from_plain(window) if window else None,
        )  # fmt: skip

    @property
    def text(self) -> str:
        """The value for people; ``N/A`` when there is none."""
        return say(self.value, self.unit)

    @property
    def interval(self) -> str:
        """The 95 % interval for people: ``1 h 2 min to 3 h``, ``at least 3.0 days``; empty when there is none."""
        # beside a value its unit says that of the interval
        unit = f" {self.unit}" if self.value is None and self.unit in _FORMS and self.unit != "percent" else ""
        low, high = (None if end is None else f"{interval_end(end, self.unit)}{unit}" for end in (self.low, self.high))
        if low is None:
            return "" if high is None else f"at most {high}"
        return f"at least {low}" if high is None else f"{low} to {high}"

    @property
    def said_parts(self) -> dict[str, str]:
        """The parts for people, by name."""
        return {name: say(value, self.part_unit) for name, value in self.parts.items()}

    @property
    def left_out_by(self) -> dict[str, int]:
        """How many were left out, by reason, as far as any were."""
        counts = {"missing": self.missing, **self.excluded, "still open": 0 if self.counts_open else self.open}
        return {reason: count for reason, count in counts.items() if count}

    @property
    def left_out(self) -> str:
        """What was left out, in words; empty when nothing was."""
        return ", ".join(f"{count} {reason}" for reason, count in self.left_out_by.items())

    @property
    def still_open(self) -> str:
        """How many that are not over are in the figure, in words; empty when none is, or the figure rests on nothing."""
        rests = self.value is not None or self.n > 0
        return f"{self.open} still open, and counted" if self.counts_open and self.open and rests else ""

    def plain(self) -> dict[str, object]:
        """Return it for JSON; durations in seconds, shares in per cent, money as amount and currency."""
        value: object = self.value
        if isinstance(self.value, Money):
            value = {"amount": float(self.value.amount), "currency": self.value.currency}
        return {
            "key": self.key,
            "name": self.name,
            "value": value,
            "unit": self.unit,
            "text": self.text,
            "definition": self.definition,
            "n": self.n,
            "missing": self.missing,
            "excluded": dict(self.excluded),
            "open": self.open,
            "counts_open": self.counts_open,
            "interval_95": None if self.low is None and self.high is None else [self.low, self.high],
            "method": self.method,
            "no_interval": self.refused,
            "target": self.target,
            "group": self.group,
            "detail": self.detail,
            "parts": dict(self.parts),
            "part_unit": self.part_unit,
            "note": self.note,
            "window": self.window.plain() if self.window else None,
        }


def say(value: Value, unit: str) -> str:
    """Return a value with its unit, for people."""
    if value is None:
        return "N/A"
    if isinstance(value, Money):
        return str(value)
    return words(value) if unit == "seconds" else _FORMS.get(unit, "{:,}").format(value)


def interval_end(value: float, unit: str) -> str:
    """Return an end of an interval, in short, as its value is written beside it."""
    match unit:
        case "seconds":
            return short(value)
        case "percent":
            return f"{value:.1f} %"
        case "days":
            return f"{value:,.1f}"
        case _:
            return f"{value:,.3g}"


def brief(value: Value, unit: str) -> str:
    """Return a value for a narrow column."""
    if unit == "seconds" and isinstance(value, int | float):
        return clock(value)
    return say(value, unit)
