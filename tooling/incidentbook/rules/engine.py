"""Runs rules over a knowledge base: always over all of it, in a fixed order, and narrows the result to what was asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from incidentbook.errors import BUG, IncidentbookError
from incidentbook.finding import Finding, Related, Span
from incidentbook.rules import Hit, Place, Rule
from incidentbook.rules.context import Context


class RuleError(IncidentbookError):
    """A rule failed: a bug in the rule, not in anybody's files. The other rules have run."""

    exit_status = BUG


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found.

    Attributes:
        findings: sorted by file, place and code.
        failures: one for each rule that failed, in the order of their codes.

    """

    findings: tuple[Finding, ...]
    failures: tuple[RuleError, ...] = ()


def run(context: Context, rules: Sequence[Rule]) -> Outcome:
    """Run ``rules`` over the whole knowledge base. A rule that fails is reported and stops no other."""
    findings: set[Finding] = set()
    failures: list[RuleError] = []
    for rule in rules:
        where = ""
        try:
            if rule.check is not None:
                for entry in context.repo.entries:
                    where = entry.path
                    if rule.kinds is None or entry.kind in rule.kinds:
                        findings.update(_finding(rule, hit) for hit in rule.check(entry, context))
            where = ""
            if rule.finalize is not None:
                findings.update(_finding(rule, hit) for hit in rule.finalize(context.repo, context))
        except Exception as error:  # noqa: BLE001 - one rule's bug must not take the other rules' findings away
            failures.append(_failure(rule, where, error))
    return Outcome(tuple(sorted(findings, key=lambda finding: finding.sort_key)), tuple(failures))


def narrow(findings: Iterable[Finding], paths: Collection[str]) -> tuple[Finding, ...]:
    """Return the findings in the files ``paths``, and those elsewhere that are about one of them.

    A duplicate id is reported for either file, and an unknown service for the policy file that lost it.
    """
    wanted = frozenset(paths)
    return tuple(
        finding
        for finding in findings
        if finding.path in wanted or any(place.path in wanted for place in finding.related)
    )


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
