"""Counts by rule in place of the findings: what to begin with in an old repository, and how far one has come."""

from __future__ import annotations

import textwrap

from incidentbook.reporters import Report, json
from incidentbook.reporters._plain import kept_back, summary


def render(name: str, report: Report) -> str:
    """Return the counts in the form ``name``, the most frequent rule first."""
    if name == "json":
        return json.dump(json.head(report))
    width = max((len(rule) for _, rule, _ in report.by_rule), default=0)
    rows = [
        f"{n:>7,}  {code}  {rule:<{width}}  {_fixable(report.fixable(code), n)}".rstrip()
        for code, rule, n in report.by_rule
    ]
    end = [line for said in (summary(report), *kept_back(report)) for line in textwrap.wrap(said, report.width)]
    return "\n".join([*rows, *end, ""])


def _fixable(number: int, of: int) -> str:
    return "" if not number else "fixable" if number == of else f"{number:,} fixable"
