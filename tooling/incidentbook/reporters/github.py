"""GitHub's workflow commands: each finding becomes an annotation at its line of a pull request.

Source: GitHub's documentation of workflow commands; ``%``, carriage return and line feed are escaped everywhere, ``:`` and ``,``
in properties too.
"""

from __future__ import annotations

from incidentbook.finding import Finding, Grade
from incidentbook.reporters import Report
from incidentbook.reporters._plain import kept_back, summary
from incidentbook.terminal_text import clean

_COMMANDS = {Grade.ERROR: "error", Grade.WARNING: "warning", Grade.INFO: "notice"}


def render(report: Report) -> str:
    """Return one workflow command a finding, and the summary as plain text."""
    lines = [_command(report.prefix, found) for found in report.findings]
    return (
        "\n".join([*lines, summary(report), *kept_back(report), ""])
        if report.checked
        else "".join(f"{line}\n" for line in lines)
    )


def _command(prefix: str, found: Finding) -> str:
    span = found.span
    properties = {
        "file": prefix + found.path,
        "line": str(span.line),
        "endLine": str(span.end_line),
        "col": str(span.column),
        "endColumn": str(span.end_column),
        "title": f"{found.code} {found.rule}",
    }
    if span.end_line != span.line:  # GitHub takes columns only where both ends are on one line
        del properties["col"], properties["endColumn"]
    said = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = f"{found.message}\n{found.hint}" if found.hint else found.message
    return f"::{_COMMANDS[found.grade]} {said}::{_data(text)}"


def _data(text: str) -> str:
    lines = (clean(line) for line in text.split("\n"))
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    return clean(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
