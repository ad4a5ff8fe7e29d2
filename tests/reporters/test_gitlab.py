"""GitLab's Code Quality report: the keys that it asks for, its words for severity, fingerprints that no two findings share."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from incidentbook import reporters
from incidentbook.finding import Finding, Grade
from incidentbook.reporters import Report
from incidentbook.span import Span

RECORD = "incidents/2025/INC-2025-001.yml"
TEXT = "id: INC-2025-001\nservices: [pubic-api]\n"
UNKNOWN = Finding("IB401", "unknown-service", RECORD, Span(2, 12, 2, 21), "Did you mean `public-api`?", "Correct it.")
LATE = Finding("IB701", "playbook-review", "p.md", Span(3, 1, 5, 4), "Last\x1b read in spring", grade=Grade.WARNING)
REMARK = Finding("IB999", "remark", "p.md", Span(), "Fine", grade=Grade.INFO)
REPORT = Report([UNKNOWN, LATE, REMARK], sources={RECORD: TEXT})


def issues_of(report: Report) -> list[dict[str, Any]]:
    value = json.loads(reporters.render("gitlab", report))
    assert isinstance(value, list)
    return value


def test_each_finding_has_what_gitlab_asks_for() -> None:
    first = issues_of(REPORT)[0]
    fingerprint = first.pop("fingerprint")
    assert first == {
        "description": "Did you mean `public-api`? Correct it.",
        "check_name": "IB401 unknown-service",
        "severity": "major",
        "location": {"path": RECORD, "lines": {"begin": 2, "end": 2}},
    }
    assert len(fingerprint) == 32


def test_severities_are_gitlab_s_own() -> None:
    assert [issue["severity"] for issue in issues_of(REPORT)] == ["major", "minor", "info"]


def test_lines_begin_and_end() -> None:
    assert [issue["location"]["lines"] for issue in issues_of(REPORT)[1:]] == [
        {"begin": 3, "end": 5},
        {"begin": 1, "end": 1},
    ]


def test_fingerprints_are_unique_and_stay() -> None:
    twice = Report([*REPORT.findings, *REPORT.findings], sources=REPORT.sources)
    assert len({issue["fingerprint"] for issue in issues_of(twice)}) == 6
    moved = Report([replace(UNKNOWN, span=Span(3, 12, 3, 21))], sources={RECORD: f"# a comment\n{TEXT}"})
    assert issues_of(moved)[0]["fingerprint"] == issues_of(REPORT)[0]["fingerprint"]


def test_paths_start_at_the_repository_and_are_text() -> None:
    strange = replace(UNKNOWN, path="incidents/\udcff.yml")
    assert issues_of(Report([UNKNOWN, strange], prefix="kb/"))[0]["location"]["path"] == f"kb/{RECORD}"
    assert issues_of(Report([strange]))[0]["location"]["path"] == "incidents/\ufffd.yml"


def test_control_characters_are_shown_and_not_sent() -> None:
    assert issues_of(REPORT)[1]["description"] == "Last␛ read in spring"


def test_nothing_found_is_an_empty_list() -> None:
    assert reporters.render("gitlab", Report([])) == "[]\n"
