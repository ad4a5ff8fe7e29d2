"""What reports for other programs share: paths, sentences, and fingerprints by which a program knows a finding again."""

from __future__ import annotations

from incidentbook.document import BREAK
from incidentbook.finding import Finding
from incidentbook.reporters import Report
from incidentbook.results import baseline
from incidentbook.terminal_text import clean


def where(report: Report, path: str) -> str:
    """Return ``path`` as the reader's programs know it; bytes that are no UTF-8 are replaced."""
    return baseline.shown(report.prefix + path)


def said(found: Finding) -> str:
    """Return message and hint as one text on one line."""
    message, hint = clean(found.message).rstrip(), clean(found.hint).strip()
    return f"{message}{'' if message.endswith(('.', '?', '!')) else '.'} {hint}" if hint else message


def split(text: str) -> list[str]:
    """Return the lines of a file as places count them; a byte-order mark belongs to none."""
    return BREAK.split(text.removeprefix("\ufeff"))


def fingerprints(report: Report) -> list[str]:
    """Return one fingerprint for each finding, as `baseline.fingerprints` does, for the paths that the reader's programs know."""
    return baseline.fingerprints(report.findings, report.sources, report.prefix)
