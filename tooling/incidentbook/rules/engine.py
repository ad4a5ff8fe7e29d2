"""Runs rules over files: each file by itself, in a fixed order, and notes what every result depends on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field, replace

from incidentbook.entry import Entry
from incidentbook.errors import BUG, IncidentbookError
from incidentbook.finding import Finding, Related
from incidentbook.frozen import frozen
from incidentbook.rules import Hit, Place, Rule
from incidentbook.rules.context import Context, Notes
from incidentbook.rules.limits import MOST_FIXES, MOST_HITS
from incidentbook.span import Span


class RuleError(IncidentbookError):
    """A rule failed: a bug in the rule, not in anybody's files. The other rules have run."""

    exit_status = BUG


@frozen
class Outcome:
    """What a run found.

    Attributes:
        findings: sorted by file, place and code.
        failures: one for each rule that failed, in the order of their codes.

    """

    findings: tuple[Finding, ...]
    failures: tuple[RuleError, ...] = ()


@frozen
class Look:
    """What the rules say of one file.

    Attributes:
        findings: each once, in no order.
        notes: what they asked; the findings are the same as long as the answers are.
        failures: by the code of the rule.

    """

    findings: tuple[Finding, ...]
    notes: Notes = field(default_factory=Notes)
    failures: dict[str, RuleError] = field(default_factory=dict)


def run(context: Context, rules: Sequence[Rule]) -> Outcome:
    """Run ``rules`` over the whole knowledge base. A rule that fails is reported and stops no other."""
    looks = [look(entry, context, rules) for entry in context.entries.values()]
    return outcome([*looks, last_look(context, rules)])


def look(entry: Entry[object], context: Context, rules: Sequence[Rule]) -> Look:
    """Run ``rules`` over one file."""
    found: set[Finding] = set()
    failures: dict[str, RuleError] = {}
    with context.looking_at() as notes:
        for rule in rules:
            if rule.check is None or (rule.kinds is not None and entry.kind not in rule.kinds):
                continue
            try:
                found.update(_finding(rule, hit) for hit in _first(rule.check(entry, context)))
            except Exception as error:  # noqa: BLE001 - one rule's bug must not take the other rules' findings away
                failures[rule.code] = _failure(rule, entry.path, error)
    return Look(tuple(found), notes, failures)


def last_look(context: Context, rules: Sequence[Rule]) -> Look:
    """Run what the rules have to say of the knowledge base as a whole; it is never kept for another run."""
    found: set[Finding] = set()
    failures: dict[str, RuleError] = {}
    with context.looking_at() as notes:
        for rule in rules:
            try:
                hits: Iterator[Hit] = rule.finalize(context) if rule.finalize else iter(())
                found.update(_finding(rule, hit) for hit in hits)
            except Exception as error:  # noqa: BLE001 - as above
                failures[rule.code] = _failure(rule, "", error)
    return Look(tuple(found), notes, failures)


def outcome(looks: Iterable[Look]) -> Outcome:
    """Put together what was said of all files; of a rule that failed on several, the first failure counts."""
    findings: list[Finding] = []
    failures: dict[str, RuleError] = {}
    for each in looks:
        findings += each.findings
        failures = {**each.failures, **failures}
    in_order = sorted(findings, key=lambda finding: finding.sort_key)
    return Outcome(tuple(in_order), tuple(failures[code] for code in sorted(failures)))


def _first(hits: Iterator[Hit]) -> Iterator[Hit]:
    """Yield the hits in one file up to a number that nobody reads to its end, and say where it stops."""
    seen = {False: 0, True: 0}
    for hit in hits:
        mendable = hit.fix is not None
        most = MOST_FIXES if mendable else MOST_HITS
        if seen[mendable] == most:
            message = f"There are more than {most:,} of these in this file; the rest is not shown"
            yield replace(hit, message=message, hint="Mend these first.", related=(), fix=None)
            return
        seen[mendable] += 1
        yield hit


def _finding(rule: Rule, hit: Hit) -> Finding:
    return Finding(
        code=rule.code,
        rule=rule.name,
        path=_path(hit.at),
        span=_span(hit.at),
        message=hit.message,
        hint=hit.hint,
        grade=hit.grade or rule.grade,
        fix=hit.fix,
        related=tuple(Related(_path(place), _span(place), place.message) for place in hit.related),
    )


def _path(place: Place) -> str:
    return place.entry if isinstance(place.entry, str) else place.entry.path


def _span(place: Place) -> Span:
    """Make a place by meaning a place by line and column."""
    if place.span is not None:
        return place.span
    return Span() if isinstance(place.entry, str) else place.entry.document.span(place.path, key=place.key)


def _failure(rule: Rule, where: str, error: Exception) -> RuleError:
    at = f" on {where}" if where else ""
    failure = RuleError(
        f"Rule {rule.code} ({rule.name}) failed{at}: {type(error).__name__}: {error}",
        hint=f"This is a bug in the rule, not in your files. `--ignore {rule.code}` leaves it out until it is mended.",
    )
    failure.__cause__ = error
    return failure
