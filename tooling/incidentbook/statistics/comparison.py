"""The outcome of a comparison of two periods, its correction over many slices, and the plain sentence that it comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from incidentbook.frozen import frozen
from incidentbook.statistics.intervals import Estimate

if TYPE_CHECKING:
    from incidentbook.outputs import metrics_compare as printed

ALPHA = 0.05
LEAST_SAID = 0.005  # a change below which a reader sees none
SMALL = 0.1  # a change below which the n that it would need is no help: what could be seen is


@frozen
class Comparison:
    """Two periods, and whether what differs between them can be told from noise.

    Attributes:
        of: ``count``, ``duration`` or ``proportion``. before: the rate, median or share of the earlier period, with its
        interval. after: that of the later one. change: after over before, less one; for a proportion after less before; None
        where it has no meaning. p: chance of a difference as large as this when nothing changed; None where refused. leans:
        ``lower`` or ``higher``, the way in which the later values go; empty for neither. method: the test. n_needed:
        incidents a period that a change like this would need to be seen in 4 of 5 cases; None where no number would do.
        least_fall: the least fall, as a fraction, that so many incidents would show in 4 of 5 cases; None where none or
        unknown. adjusted_p: p after the correction over several comparisons (`corrected`). slices: how many comparisons it
        was corrected over. refused: why there is no test.

    """

    of: str
    before: Estimate
    after: Estimate
    change: float | None = None
    p: float | None = None
    leans: str = ""
    method: str = ""
    n_needed: int | None = None
    least_fall: float | None = None
    adjusted_p: float | None = None
    slices: int = 1
    refused: str = ""

    @property
    def verdict(self) -> str:
        """``lower``, ``higher``, ``noise`` (cannot be told from it) or ``refused``."""
        p = self.p if self.adjusted_p is None else self.adjusted_p
        if p is None:
            return "refused"
        return self.leans if p < ALPHA and self.leans else "noise"

    def plain(self) -> printed.Comparison:
        """Return it for JSON."""
        return {
            "of": self.of,
            "before": self.before.plain(),
            "after": self.after.plain(),
            "change": self.change,
            "p": self.p,
            "leans": self.leans,
            "adjusted_p": self.adjusted_p,
            "slices": self.slices,
            "method": self.method,
            "n_needed": self.n_needed,
            "least_fall": self.least_fall,
            "verdict": self.verdict,
            "refused": self.refused,
        }


def corrected(comparisons: Sequence[Comparison]) -> tuple[Comparison, ...]:
    """Return the comparisons of several slices with p adjusted, so that of those that stand out at most 5 % are noise.

    Benjamini and Hochberg, "Controlling the false discovery rate", JRSS B 57 (1995). Refused ones are no comparison and are not
    counted.
    """
    tested = [comparison.p for comparison in comparisons if comparison.p is not None]
    if not tested:
        return tuple(comparisons)
    from scipy.stats import false_discovery_control  # noqa: PLC0415 - takes a second to import

    adjusted = iter(false_discovery_control(tested))
    return tuple(
        comparison
        if comparison.p is None
        else replace(comparison, adjusted_p=float(next(adjusted)), slices=len(tested))
        for comparison in comparisons
    )


def in_words(
    comparison: Comparison,
    name: str,
    say: Callable[[float], str],
    noun: str = "incidents",
    lengths: tuple[str, str] = ("", ""),
) -> str:
    """Return the comparison as sentences.

    Args:
        comparison: what was found.
        name: what was compared, as a sentence begins (``Median time to resolve``).
        say: gives a value with its unit; counts are said as they are.
        noun: what is counted.
        lengths: how long either period is, where counts are told of periods of different length: what changed is their rate.

    """
    if comparison.verdict == "refused":
        return f"{name}: not compared. {comparison.refused[:1].upper()}{comparison.refused[1:]}."
    before, after = (_side(comparison, side, say) for side in (comparison.before, comparison.after))
    if any(lengths):
        before, after = f"{before} in {lengths[0]}", f"{after} in {lengths[1]}"
    found = f"{name}: {before} before, {after} after"
    if not comparison.leans:
        return f"{found}. No change{_needs(comparison, noun)}."
    if comparison.change and abs(comparison.change) >= LEAST_SAID:
        rate = "rate " if any(lengths) else ""
        found += f" ({rate}{'+' if comparison.change > 0 else '-'}{_size(comparison)})"
    if comparison.verdict != "noise":
        return f"{found}. This is {comparison.verdict}, by more than noise ({_p(comparison)})."
    return f"{found}. This cannot be told from noise ({_p(comparison)}){_needs(comparison, noun)}."


def _side(comparison: Comparison, side: Estimate, say: Callable[[float], str]) -> str:
    if comparison.of == "count":
        return f"{side.n:,}"
    return "not known" if side.value is None else say(side.value)


def _size(comparison: Comparison) -> str:
    size = 100 * abs(comparison.change or 0.0)
    return f"{size:,.0f} {'points' if comparison.of == 'proportion' else '%'}"


def _p(comparison: Comparison) -> str:
    shown = comparison.p if comparison.adjusted_p is None else comparison.adjusted_p
    text = "p < 0.001" if shown is not None and shown < 0.001 else f"p = {shown:.2g}"  # noqa: PLR2004 - smaller says no more
    return f"{text} after correction over {comparison.slices} comparisons" if comparison.slices > 1 else text


def _needs(comparison: Comparison, noun: str) -> str:
    """Say what it would take; nothing where there were enough for a change like this."""
    change, needed = comparison.change, comparison.n_needed
    if change is not None and abs(change) >= SMALL and needed is not None:
        if needed <= min(comparison.before.n, comparison.after.n):
            return ""
        size = f"change of {_size(comparison)}" if comparison.of == "proportion" else f"{_size(comparison)} change"
        return f"; about {needed:,} {noun} a period would be needed to see a {size}"
    if comparison.least_fall is not None:
        return f"; with this many {noun} only a fall of {100 * comparison.least_fall:.0f} % or more would be seen"
    return ""
