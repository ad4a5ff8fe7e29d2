"""A figure and everything that has to stand beside it: definition, n, what was left out and why, window, commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from incidentbook.frozen import frozen
from incidentbook.periods import Window
from incidentbook.records.money import Money
from incidentbook.records.time import clock, words

Value = float | int | Money | None
DAY = 86_400


@frozen
class Figure:
    """One figure of one window.

    Attributes:
        key: stable name for programs (``mttr``, ``availability.public-api``).
        name: name for people.
        unit: ``seconds``, ``days``, ``percent``, ``count`` or ``money``.
        value: None is N/A, shown as such.
        definition: what was computed, from what to what.
        n: on how many incidents (or items) it rests.
        missing: how many were left out because the record does not say.
        excluded: how many were left out, by reason (drill, near miss, cancelled, …).
        open: how many are not over yet.
        low: lower end of the 95 % interval, in the unit of the value.
        high: upper end.
        target: what policy asks for, in the unit of the value.
        parts: the figure by some category, in the order to show.

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
    parts: Mapping[str, int] = field(default_factory=dict)
    window: Window | None = None

    @property
    def text(self) -> str:
        """The value for people; ``N/A`` when there is none."""
        return say(self.value, self.unit)

    @property
    def left_out(self) -> str:
        """What was left out, in words; empty when nothing was."""
        counts = {"missing": self.missing, **self.excluded, "still open": self.open}
        return ", ".join(f"{count} {reason}" for reason, count in counts.items() if count)

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
            "interval_95": None if self.low is None and self.high is None else [self.low, self.high],
            "target": self.target,
            "parts": dict(self.parts),
            "note": self.note,
            "window": self.window.plain() if self.window else None,
        }


def say(value: Value, unit: str) -> str:
    """Return a value with its unit, for people."""
    if value is None:
        return "N/A"
    if isinstance(value, Money):
        return str(value)
    match unit:
        case "seconds":
            return words(value)
        case "percent":
            return f"{value:.2f} %"
        case "days":
            return f"{value:,.1f} days"
        case _:
            return f"{value:,}"


def brief(value: Value, unit: str) -> str:
    """Return a value for a narrow column."""
    if unit == "seconds" and isinstance(value, int | float):
        return clock(value)
    return say(value, unit)
