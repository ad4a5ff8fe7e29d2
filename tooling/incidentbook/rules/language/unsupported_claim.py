"""A sentence claims a change of a figure that the records do not bear out.

What it checks
    The same texts as `blame`: where one says that a mean time fell or rose, or that incidents became fewer or more, the records
    of the two periods are compared by the tests of `inc metrics compare`. A claim stands when they show a change that way which
    is more than noise, and at least half as large as claimed. The periods are those that the sentence names (2025-Q1, last
    quarter, since 2024); without any, the 90 days up to the post-mortem and the 90 before. Wishes, goals, questions and what is
    said of one single incident are no claims.

Why it matters
    With 24 incidents a half-year and nothing changed, the mean moves by a tenth in four draws of five. A team that believes such
    a move spends its next quarter on the wrong thing.

Bad example
    # postmortems/2025/INC-2025-001.md
    summary: Our MTTR improved by 20 % compared with last quarter.

Good example
    # postmortems/2025/INC-2025-001.md
    summary: This was the third incident of the quarter; three are too few to say whether MTTR changed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from incidentbook import periods
from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.periods import Window
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import UTC, end_of_day
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.language import _flags

if TYPE_CHECKING:
    from incidentbook.prose.claims import Claim

CODE = "IB805"
NAME = "unsupported-claim"
SUMMARY = "A sentence claims a change that the figures do not bear out"
GRADE = Grade.WARNING
KINDS = _flags.KINDS
_LENGTH = dt.timedelta(days=90)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_HINT = (
    "Say what was measured, with its n, or leave the claim out; `inc metrics compare` shows what the records bear out."
)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at each claim that does not stand."""
    from incidentbook.prose import claims  # noqa: PLC0415 - its patterns take time to load

    if not claims.may_claim(entry.document.text):
        return
    for passage in _flags.texts(entry, claims.may_claim):
        for sentence, claim in claims.claims(_flags.given(passage), markdown=not passage.path):
            wrong = _wrong(entry, context, claim)
            if wrong:
                words = sentence.text[claim.start : claim.end]
                place = _flags.place(passage, sentence.span(claim.start, claim.end))
                yield Hit(place, f"The records do not bear this out: “{words}”. {wrong}", _HINT)


def _wrong(entry: Entry[Any], context: Context, claim: Claim) -> str:
    """Say what the records say instead of ``claim``; empty where they say the same."""
    from incidentbook import trends  # noqa: PLC0415 - few files claim anything

    windows = _windows(entry, context, claim)
    if windows is None:
        return ""
    key = _key(context, claim)
    if not key:
        return f"policy/metrics.yml defines no time to `{claim.measure}`."
    before, after = windows
    found = context.once(
        ("claim", key, before, after), lambda: trends.of_duration(context.repo, key, before, after, context.now)
    )
    if found is None:
        return ""
    comparison = found.comparison
    if comparison.verdict != ("lower" if claim.falls else "higher"):
        return f"{found.words} ({before.label}, then {after.label})"
    if claim.percent and comparison.change is not None and abs(comparison.change) * 200 < claim.percent:
        return f"It is less than half of that: {found.words} ({before.label}, then {after.label})"
    return ""


def _key(context: Context, claim: Claim) -> str:
    """Return the key of the figure that a claim means: of several times to a milestone, that from the start."""
    from incidentbook.trends import COUNT  # noqa: PLC0415 - as above

    if claim.measure == "count":
        return COUNT
    durations = context.policy(MetricsPolicy).durations
    found = [key for key, definition in durations.items() if definition.to == claim.measure]
    return next((key for key in found if durations[key].from_ == "started"), found[0] if found else "")


def _windows(entry: Entry[Any], context: Context, claim: Claim) -> tuple[Window, Window] | None:
    """Return the earlier and the later window of a claim; None where nobody can say which it means."""
    anchor = _anchor(entry, context)
    if anchor is None:
        return None
    after = _named(claim.after, anchor, context) if claim.after else None
    before = _named(claim.before, anchor, context) if claim.before else None
    if after is None and before is None:
        after = Window(
            anchor - _LENGTH, anchor, f"90 days to {anchor.astimezone(context.zone).date()}", str(context.zone)
        )
    if after is None and before is not None:
        after = Window(
            before.end, max(anchor, before.end + (before.end - before.start)), f"since {before.label}", before.zone
        )
    if after is not None and before is None:
        before = periods.previous(after, context.zone)
    if after is None or before is None or before.start >= after.start or anchor <= after.start:
        return None
    if not context.is_past(after.start):
        return None
    end = context.or_now(min(after.end, anchor))  # what had not come when it was written was not watched
    return before, Window(after.start, end, after.label, after.zone, partial=end < after.end)


def _named(text: str, anchor: dt.datetime, context: Context) -> Window:
    """Return the window that a claim names, seen from the day on which it was written."""
    which, _, unit = text.partition(" ")
    if not unit:
        return periods.named(text, context.zone)
    if unit == "week":
        end = anchor if which == "this" else anchor - dt.timedelta(days=7)
        return Window(end - dt.timedelta(days=7), end, f"{which} week", str(context.zone))
    local, months = anchor.astimezone(context.zone), _MONTHS[unit]
    first = (local.month - 1) // months * months + 1
    this = periods.calendar(local.year, first, months, context.zone)
    return this if which == "this" else periods.previous(this, context.zone)


def _anchor(entry: Entry[Any], context: Context) -> dt.datetime | None:
    """Return when the text was written, as far as the file says: the post-mortem's day, the incident's end."""
    record = entry.record
    if record is None:
        return None
    if entry.kind == "postmortem":
        day = record.held or record.published or record.scheduled
        if day is not None:
            return end_of_day(day, context.zone).astimezone(UTC)
        found = [item.record for name in record.incidents for item in context.incidents(name)[:1]]
    else:
        found = [record]
    moments = [item.milestone("resolved") or item.milestone("started") for item in found if item is not None]
    ends = [moment.at.astimezone(UTC) for moment in moments if moment is not None]
    return max(ends, default=None)
