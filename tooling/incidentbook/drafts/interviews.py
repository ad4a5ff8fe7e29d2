"""Questions for the interviews before a post-mortem, drawn from the record: what it leaves open, and where it turned.

They ask what people saw and what made sense to them. None asks anybody for a justification.
"""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterator
from typing import NamedTuple

from incidentbook import timeline, told
from incidentbook.computed.case import Case
from incidentbook.markdown import escape
from incidentbook.records.incident import Incident
from incidentbook.records.policy.factors import Factors
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import Moment, words

_QUIET = 15 * 60  # seconds without an entry that are worth a question, where they are much longer than usual
_LONGER = 2  # times the median
_GAPS = 5  # of them, the longest


class Gap(NamedTuple):
    """A time of which the record says nothing: from one entry to the next, and what the first one says."""

    start: Moment
    end: Moment
    before: str

    @property
    def seconds(self) -> float:
        """How long it is."""
        return (self.end.at - self.start.at).total_seconds()


def questions(case: Case, postmortem: Postmortem, incident: Incident) -> Iterator[str]:
    """Yield the questions as lines of Markdown, in the order in which things happened; factors come last."""
    yield from map(_item, _detection(incident))
    yield from map(_item, _gaps(case, incident))
    yield from map(_item, _handoffs(case, incident))
    yield from map(_item, _severities(case, incident))
    yield from map(_item, _hypotheses(incident))
    yield from map(_item, _factors(case, postmortem))


def gaps(incident: Incident) -> list[Gap]:
    """Return the longest times without an entry between the start and the end of an incident, in their order."""
    rows = [*timeline.rows(incident), *((sent.at, sent.text) for sent in incident.communications if sent.at)]
    started, resolved = incident.milestone("started"), incident.milestone("resolved")
    ends = [(at, said) for at, said in ((started, "the start"), (resolved, "the end")) if at]
    rows = sorted([*rows, *ends], key=lambda row: row[0].at)
    within = [(at, said) for at, said in rows if started and resolved and started.at <= at.at <= resolved.at]
    found = [Gap(at, later, said) for (at, said), (later, _) in itertools.pairwise(within)]
    usual = statistics.median(gap.seconds for gap in found) if len(found) > 1 else 0.0
    quiet = (gap for gap in found if gap.seconds >= max(_QUIET, _LONGER * usual))
    longest = sorted(quiet, key=lambda gap: -gap.seconds)[:_GAPS]
    return sorted(longest, key=lambda gap: gap.start.at)


def _detection(incident: Incident) -> Iterator[tuple[str, str]]:
    seconds = incident.seconds_between("started", "detected")
    if seconds:
        yield (
            f"It went on for {words(seconds)} before it was noticed.",
            "What could be seen in that time, and who looks at it? What made it known in the end?",
        )


def _gaps(case: Case, incident: Incident) -> Iterator[tuple[str, str]]:
    for gap in gaps(incident):
        start, end = (told.moment(incident, at, case.house.zone) for at in (gap.start, gap.end))
        yield (
            f"Between {start} and {end} nothing is recorded ({words(gap.seconds)}; before it: {gap.before}).",
            "What was going on, what was known, and what was being waited for?",
        )


def _handoffs(case: Case, incident: Incident) -> Iterator[tuple[str, str]]:
    held: dict[str, str] = {}
    for interval in incident.roles:
        before, role = held.get(interval.role), interval.role.replace("-", " ")
        if before and before != interval.holder and interval.from_:
            when = told.moment(incident, interval.from_, case.house.zone)
            names = [case.house.knowledge_base.team_name(slug) for slug in (before, interval.holder)]
            yield (
                f"At {when} the {role} passed from {names[0]} to {names[1]}.",
                "What was handed over, how, and what had to be found out again?",
            )
        held[interval.role] = interval.holder


def _severities(case: Case, incident: Incident) -> Iterator[tuple[str, str]]:
    for before, after in itertools.pairwise(incident.severity_history):
        if before.to and after.to and after.at:
            when = told.moment(incident, after.at, case.house.zone)
            reason = f" ({after.reason})" if after.reason else ""
            yield (
                f"At {when} {before.to.label} became {after.to.label}{reason}.",
                f"What made {before.to.label} the sensible level until then, and which sign changed that?",
            )


def _hypotheses(incident: Incident) -> Iterator[tuple[str, str]]:
    for item in incident.investigation.hypotheses:
        became = {"confirmed": "turned out to be so", "rejected": "turned out not to be so"}.get(item.status, "is open")
        yield f"“{item.text}” was thought of, and {became}.", "What pointed to it at the time, and what helped to tell?"


def _factors(case: Case, postmortem: Postmortem) -> Iterator[tuple[str, str]]:
    known = case.house.policy(Factors)
    for node in postmortem.causes.nodes:
        name = known.name(node.factor) if node.factor else "A cause"
        said = f"{name}: {node.text}" if node.text and node.text != name else name
        yield f"{said.rstrip('.')}.", "How did it show on that day? Since when has it been so, and where else is it so?"


def _item(pair: tuple[str, str]) -> str:
    fact, question = pair
    return f"- {escape(fact)} {question}"
