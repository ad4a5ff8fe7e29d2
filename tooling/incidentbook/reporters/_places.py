"""What reports for other programs share: paths, sentences, and fingerprints by which a program knows a finding again."""

from __future__ import annotations

import hashlib
import re
from collections import Counter

from incidentbook.finding import Finding, Span
from incidentbook.reporters import Report
from incidentbook.reporters._plain import clean

_BREAK = re.compile(r"\r\n|\r|\n")


def where(report: Report, path: str) -> str:
    """Return ``path`` as the reader's programs know it; bytes that are no UTF-8 are replaced."""
    return (report.prefix + path).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def said(found: Finding) -> str:
    """Return message and hint as one text on one line."""
    message, hint = clean(found.message).rstrip(), clean(found.hint).strip()
    return f"{message}{'' if message.endswith(('.', '?', '!')) else '.'} {hint}" if hint else message


def split(text: str) -> list[str]:
    """Return the lines of a file as places count them; a byte-order mark belongs to none."""
    return _BREAK.split(text.removeprefix("\ufeff"))


def fingerprints(report: Report) -> list[str]:
    """Return one fingerprint for each finding, no two alike, which stays when lines above it come or go.

    It is made of the rule, the file, the line's text and the words that are marked on it. The message is no part of it: some
    tell how long ago something was, and a better wording must not make every finding a new one. Findings that agree in all of
    this are numbered in their order.
    """
    lines = {path: split(text) for path, text in report.sources.items()}
    seen: Counter[str] = Counter()
    made = []
    for found in report.findings:
        line, marked = _text(lines.get(found.path, []), found.span)
        key = "\0".join((found.code, where(report, found.path), line, marked))
        made.append(hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "replace")).hexdigest()[:32])
        seen[key] += 1
    return made


def _text(lines: list[str], span: Span) -> tuple[str, str]:
    """Return the first line of ``span`` without its indentation, and what is marked on it."""
    if span == Span() or not 1 <= span.line <= len(lines):
        return "", ""
    line = lines[span.line - 1]
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    return line.strip(), line[span.column - 1 : end]
