"""SARIF 2.1.0, the format that code scanning and editors read.

One run of one tool. Its rules are those that ran, with their documentation as help; a result names its rule, its place and the
other places that it is about, and carries its fix where there is one. Paths are URIs from ``SRCROOT``, the repository's root;
columns are Unicode code points. The fingerprint of a result stays when lines above it come or go. Nothing in it depends on the
clock or the machine. Source: OASIS, Static Analysis Results Interchange Format 2.1.0; section numbers below are of that document.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from incidentbook import __version__
from incidentbook.finding import Finding, Fix, Grade
from incidentbook.reporters import Report
from incidentbook.reporters._places import fingerprints, said, split
from incidentbook.rules import Rule, documentation
from incidentbook.span import Edit, Span
from incidentbook.terminal_text import clean

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "SRCROOT"
FINGERPRINT = "incidentbook/v1"
_LEVELS = {Grade.ERROR: "error", Grade.WARNING: "warning", Grade.INFO: "note"}
Json = dict[str, Any]


def render(report: Report) -> str:
    """Return the report as one SARIF log with one run."""
    rules = {rule.code: _rule(rule) for rule in report.rules}
    for found in report.findings:
        rules.setdefault(found.code, {"id": found.code, "name": found.rule})
    rules = dict(sorted(rules.items()))
    index = {code: number for number, code in enumerate(rules)}
    results = [
        _result(report, found, index[found.code], fingerprint)
        for found, fingerprint in zip(report.findings, fingerprints(report), strict=True)
    ]
    run = {
        "tool": {"driver": {"name": "incidentbook", "version": __version__, "rules": list(rules.values())}},
        "columnKind": "unicodeCodePoints",
        "newlineSequences": ["\r\n", "\n", "\r"],
        "originalUriBaseIds": {ROOT: {"description": {"text": "The root of the repository."}}},
        "results": results,
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(rule: Rule) -> Json:
    """Return a rule with its documentation (3.49)."""
    checks = documentation.read(rule)["What it checks"]
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.summary}."},
        "fullDescription": {"text": " ".join(checks.split())},
        "helpUri": documentation.address(rule),
        "help": {"text": documentation.to_text(rule), "markdown": documentation.to_markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.grade]},
        "properties": {"tags": [rule.family.replace("_", "-")]},
    }


def _result(report: Report, found: Finding, index: int, fingerprint: str) -> Json:
    result: Json = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": _LEVELS[found.grade],
        "message": _message(said(found)),
        "locations": [{"physicalLocation": _place(report, found.path, found.span)}],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }
    if found.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _place(report, near.path, near.span),
                "message": _message(clean(near.message)),
            }
            for number, near in enumerate(found.related, 1)
        ]
    if found.fix is not None and found.path in report.sources:
        result["fixes"] = [_fix(report, found.path, found.fix)]
    return result


def _message(text: str) -> Mapping[str, str]:
    """Return a plain text message (3.11); what would be a link to a place that a file has chosen (3.11.6) is none."""
    return {"text": text.replace("](", "] (")}


def _place(report: Report, path: str, span: Span) -> Json:
    """Return where a finding is; where it is about a whole file, the first line stands for it."""
    region = {"startLine": 1} if span == Span() else _region(span)
    return {"artifactLocation": _artifact(report, path), "region": region}


def _artifact(report: Report, path: str) -> Json:
    name = (report.prefix + path).encode("utf-8", "surrogateescape")
    return {"uri": quote(name, safe="/"), "uriBaseId": ROOT}


def _region(span: Span) -> Json:
    """Return a region (3.30); one of no length is a place to insert at."""
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fix(report: Report, path: str, fix: Fix) -> Json:
    """Return a fix (3.55) whose edits are given by line and column."""
    text = report.sources[path]
    replacements = [
        {"deletedRegion": _region(_span(text, edit)), "insertedContent": {"text": edit.text}} for edit in fix.edits
    ]
    change = {"artifactLocation": _artifact(report, path), "replacements": replacements}
    return {"description": _message(clean(fix.title)), "artifactChanges": [change]}


def _span(text: str, edit: Edit) -> Span:
    line, column = _position(text, edit.start)
    end_line, end_column = _position(text, edit.end)
    return Span(line, column, end_line, end_column)


def _position(text: str, offset: int) -> tuple[int, int]:
    """Return line and column of an offset, both from 1; a byte-order mark has no column."""
    before = text[:offset]
    lines = split(before)
    if before.endswith("\r") and text[offset : offset + 1] == "\n":  # between the two halves of a line end
        return len(lines) - 1, len(lines[-2]) + 2
    return len(lines), len(lines[-1]) + 1
