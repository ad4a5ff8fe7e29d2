"""One line a finding, ``path:line:column: CODE message``: for grep, editors and diffs."""

from __future__ import annotations

from incidentbook.reporters import Report
from incidentbook.reporters._plain import kept_back, summary
from incidentbook.terminal_text import clean


def render(report: Report) -> str:
    """Return the findings, one a line, and the summary."""
    lines = [
        f"{clean(report.prefix + found.path)}:{found.span.line}:{found.span.column}: {found.code} {clean(found.message)}"
        for found in report.findings
    ]
    return "\n".join([*lines, summary(report), *kept_back(report), ""])
