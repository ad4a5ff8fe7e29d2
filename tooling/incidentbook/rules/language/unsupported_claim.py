"""A sentence claims a change of a figure that the records do not bear out.

What it checks
    The same texts as `blame`: where one says that a figure rose or fell, the records of the two periods are compared. The
    figures are the response times (MTTD, MTTA, MTTI, MTTM, MTTR), the number of incidents, the time between failures (MTBF),
    availability, downtime, the change-failure rate, post-mortem coverage, and the shares of post-mortems and of action items
    that were in time. A claim stands when the records show a change that way which is more than noise, and at least half as
    large as claimed ("by 20 %", "by a third", "halved", "from 42 to 30 minutes"). What is done in an incident stands for its
    time ("recovery is 30 % faster", "outages are shorter"), where the sentence says by how much or since when. The finding says
    what the records show, with n, and the test's p or the intervals.

    The periods are those that the sentence names (2025-Q1, in Q4, last quarter, since March, compared with last year); without
    any, the 90 days up to the post-mortem and the 90 before. A quarter or a month without its year is the last that had begun.
    An earlier period that reaches into the later one, or comes after it, is not compared: in its stead stands the one before
    the later, and the message says so.

    A claim about a severity, a type, a service or a team ("SEV-1 incidents fell", "MTTR of the web service") is held against
    their incidents, where policy or the records know the name; else against all. The message says of which the figures are.
    Availability and downtime are told of one service or of all, changes and action items of the whole only.

    Plans, goals, questions, conditions, denials, what others say, and figures of others ("the vendor's uptime") are no claims;
    such words reach over their own clause only. What is said of one single incident ("20 % faster than last time",
    "availability fell during the outage") is a fact, and no claim either.

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

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.periods import Window
from incidentbook.prose.claim_signs import may_claim
from incidentbook.records.time import UTC, end_of_day
from incidentbook.rules import Hit
from incidentbook.rules.context import Context
from incidentbook.rules.language import _flags, _meant

if TYPE_CHECKING:
    from incidentbook.prose.claims import Claim
    from incidentbook.statistics.comparison import Comparison

CODE = "IB805"
NAME = "unsupported-claim"
SUMMARY = "A sentence claims a change that the figures do not bear out"
GRADE = Grade.WARNING
KINDS = _flags.KINDS
_YEARS = range(1900, 9000)  # beyond, a typing error, of which other rules speak
_HINT = (
    "Say what was measured, with its n, or leave the claim out; `inc metrics compare` shows what the records bear out."
)


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at each claim that does not stand."""
    for passage in _flags.texts(entry, may_claim):
        from incidentbook.prose import claims  # noqa: PLC0415 - its patterns take time to load, and few texts need them

        for sentence, claim in claims.claims(_flags.given(passage), markdown=not passage.path):
            wrong = _wrong(entry, context, sentence.text, claim)
            if wrong:
                words = sentence.text[claim.start : claim.end]
                place = _flags.place(passage, sentence.span(claim.start, claim.end))
                yield Hit(place, f"The records do not bear this out: “{words}”. {wrong}", _HINT)


def _wrong(entry: Entry[Any], context: Context, text: str, claim: Claim) -> str:
    """Say what the records say instead of ``claim``; empty where they say the same."""
    from incidentbook import claimed, named_incidents  # noqa: PLC0415 - few files claim anything

    windows = _windows(entry, context, claim)
    if windows is None:
        return ""
    before, after = windows
    names = context.once(("names of incidents",), lambda: named_incidents.Names(context.repo))
    subset = names.subset(text, claim.start, claim.end)
    found = context.once(
        ("claim", claim.measure, before, after, subset),
        lambda: claimed.of(context.repo, claim.measure, before, after, context.now, subset),
    )
    if found is None:
        return f"policy/metrics.yml defines no time to `{claim.measure}`."
    comparison, figure = found.comparison, f"{found.words} (of {found.about}: {found.beside(before, after)})"
    if comparison.verdict != ("lower" if claim.falls else "higher"):
        return figure
    return f"It is less than half of that: {figure}" if _overstated(claim, comparison) else ""


def _overstated(claim: Claim, comparison: Comparison) -> bool:
    """Whether less than half of what is claimed is so; of shares the claim may mean points, or per cent of what it was."""
    if claim.percent is None or comparison.change is None:
        return False
    sizes = [abs(comparison.change)]
    if comparison.of == "proportion" and comparison.before.value:
        sizes.append(abs(comparison.change) / comparison.before.value)
    return max(sizes) * 200 < claim.percent


def _windows(entry: Entry[Any], context: Context, claim: Claim) -> tuple[Window, Window] | None:
    """Return the earlier and the later window of a claim; None where nobody can say which it means."""
    anchor = _anchor(entry, context)
    if anchor is None or anchor.year not in _YEARS:
        return None
    before, after = _meant.windows(claim.before, claim.after, anchor, context.zone)
    if before.start >= after.start or anchor <= after.start or not context.is_past(after.start):
        return None
    end = context.or_now(min(after.end, anchor))  # what had not come when it was written was not watched
    return before, Window(after.start, end, after.label, after.zone, partial=end < after.end)


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
