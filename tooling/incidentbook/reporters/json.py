"""JSON for programs.

An object with ``version`` (1; it grows when a key changes its meaning), ``summary`` and ``findings``.

The summary has ``checked`` (files by kind), ``errors``, ``warnings``, ``infos``, ``rules`` (code, rule, count, and how many of
these are fixable), ``kept_back`` (how many findings, by comment, policy and baseline) and ``mended`` (how many of the
baseline there are no more). A finding has ``code``, ``rule``, ``grade``, ``path`` (from the root of the knowledge base),
``line``, ``column``, ``end_line``, ``end_column`` (from 1, in characters, the end exclusive), ``message``, ``hint``, ``fixable``
and ``related`` (places with ``path``, ``line``, ``column`` and ``message``). A finding that the tool can mend has a ``fix``:
``title`` and ``edits``, each with ``start``, ``end`` (offsets in the file's text, from 0, in characters, the end exclusive) and
``text``; it is null for the others.

After ``--fix`` there are ``fixes`` too: ``applied`` and ``refused``, each with ``code``, ``rule``, ``path``, ``line``, ``column``
(before the change) and ``title``; those refused say ``because``.
"""

from __future__ import annotations

import json
from typing import Any

from incidentbook.finding import Finding, Grade
from incidentbook.reporters import Report
from incidentbook.results.settled import KEEPERS

VERSION = 1


def render(report: Report) -> str:
    """Return the whole report as one JSON object."""
    return dump({**head(report), "findings": [_finding(found) for found in report.findings]})


def head(report: Report) -> dict[str, Any]:
    """Return all but the findings."""
    value: dict[str, Any] = {
        "version": VERSION,
        "summary": {
            "checked": dict(report.checked),
            **{f"{grade.value}s": report.count(grade) for grade in Grade},
            "rules": [
                {"code": code, "rule": rule, "count": n, "fixable": report.fixable(code)}
                for code, rule, n in report.by_rule
            ],
            "kept_back": {by: report.kept.get(by, 0) for by in KEEPERS},
            "mended": report.mended,
        },
    }
    if report.fixes is not None:
        refused = [{**_mended(each.finding), "because": each.because} for each in report.fixes.refused]
        value["fixes"] = {"applied": [*map(_mended, report.fixes.mended)], "refused": refused}
    return value


def dump(value: object) -> str:
    """Return ``value`` as indented JSON."""
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def _finding(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code,
        "rule": found.rule,
        "grade": found.grade.value,
        "path": found.path,
        "line": found.span.line,
        "column": found.span.column,
        "end_line": found.span.end_line,
        "end_column": found.span.end_column,
        "message": found.message,
        "hint": found.hint,
        "fixable": found.fix is not None,
        "fix": found.fix
        and {
            "title": found.fix.title,
            "edits": [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in found.fix.edits],
        },
        "related": [
            {"path": near.path, "line": near.span.line, "column": near.span.column, "message": near.message}
            for near in found.related
        ],
    }


def _mended(found: Finding) -> dict[str, Any]:
    return {
        "code": found.code,
        "rule": found.rule,
        "path": found.path,
        "line": found.span.line,
        "column": found.span.column,
        "title": found.fix.title if found.fix is not None else "",
    }
