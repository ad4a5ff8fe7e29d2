"""The running quarter against the last: each figure with its interval, and whether the difference can be told from noise."""

from __future__ import annotations

from collections.abc import Sequence

from incidentbook import periods, trends
from incidentbook.periods import Window
from incidentbook.records.time import short
from incidentbook.site import markup, parts, text
from incidentbook.site.context import Site
from incidentbook.statistics.intervals import Estimate
from incidentbook.trends import COUNT, Change

_DAY = 86_400
_VERDICTS = {
    "lower": ("Lower", "over"),
    "higher": ("Higher", "late"),
    "noise": ("Not told from noise", "void"),
    "refused": ("Not compared", "void"),
}


def compared(site: Site) -> str:
    """Return the comparison as a table with the verdicts in words below it; empty where nothing is on record."""
    now, zone = site.now, site.repo.zone
    after = periods.parse("quarterly", now, zone)[-1]
    before = periods.previous(after, zone)
    found = trends.changes(site.repo, before, after, now, memo=site.shared.memo)
    if not any(change.comparison.before.n or change.comparison.after.n for change in found):
        return ""
    rows = [
        (
            text.escape(change.name),
            _side(change, change.comparison.before, before),
            _side(change, change.comparison.after, after),
            parts.chip(*_VERDICTS[change.comparison.verdict]),
        )
        for change in found
    ]
    running = " so far" if after.partial else ""
    table = parts.table(("Figure", before.label, f"{after.label}{running}", "Compared"), rows, "quarters")
    return f"{table}\n\n{_words(found)}"


def _side(change: Change, side: Estimate, window: Window) -> str:
    """Say one side: the value, then its 95 % interval, or nothing where there is none."""
    if change.key == COUNT:
        days = window.seconds / _DAY
        ends = [None if end is None else end * days for end in (side.low, side.high)]
        return f"**{side.n:,}**{_between(*(None if end is None else f'{end:,.0f}' for end in ends))}"
    if side.value is None:
        return f"{parts.DASH} <small>n = {side.n}</small>"
    ends_said = (None if end is None else short(end) for end in (side.low, side.high))
    return f"**{short(side.value)}**{_between(*ends_said)} <small>n = {side.n}</small>"


def _between(low: str | None, high: str | None) -> str:
    if low is None or high is None:
        return ""
    return f" <small>({low} to {high})</small>"


def _words(found: Sequence[Change]) -> str:
    items = markup.bullets(markup.said(change.words) for change in found)
    methods = ", ".join(dict.fromkeys(item.comparison.method for item in found if item.comparison.method))
    by = (
        f"<p>Intervals are 95 %. By {text.escape(methods, begins=False)}.</p>"
        if methods
        else "<p>Intervals are 95 %.</p>"
    )
    return markup.details("What that means", items + by)
