"""`inc show`: one incident, whole."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from incidentbook import repository
from kb import ROOT, Inc, incident, write

CHECK = Callable[[str, str], None]


@pytest.mark.parametrize("name", ["INC-2025-001", "INC-2024-005", "INC-2024-013", "INC-2023-002"])
def test_the_whole_report(inc: Inc, example: Path, golden: CHECK, name: str) -> None:
    done = inc("show", name, root=example)
    assert (done.status, done.err) == (0, "")
    golden(f"show-{name}.txt", done.out)


def test_every_incident_fits_eighty_columns_without_colour(inc: Inc) -> None:
    for item in repository.load(ROOT).all_incidents():
        out = inc("show", item.id).out
        assert "\x1b" not in out
        assert [line for line in out.splitlines() if len(line) > 80] == []
        assert not re.search(r": None$|\(None|None\)", out, re.MULTILINE)


SAMPLE = (
    "INCIDENT SUMMARY", "SEVERITY CLASSIFICATION", "TIMELINE RECONSTRUCTION", "TECHNICAL INVESTIGATION", "IMPACT ASSESSMENT",
    "COMMUNICATION LOG", "REMEDIATION ACTIONS", "POST-MORTEM ANALYSIS", "ACTION ITEMS", "INCIDENT METRICS",
    "PROCESS IMPROVEMENTS", "RECOMMENDATIONS", "INCIDENT RESPONSE MATURITY ASSESSMENT",
)  # fmt: skip


def test_the_sections_of_the_specification_are_all_there_in_its_order(inc: Inc) -> None:
    out = inc("show", "INC-2025-001").out
    assert out.startswith("Incident Response Analysis\n")
    places = [out.index(f"\n{title}:\n") for title in SAMPLE]
    assert places == sorted(places)
    for group in (
        "Contributing Factors:", "Root Cause Analysis (5 Whys):", "Customer Impact:", "Business Impact:", "Technical Impact:",
        "Immediate (During Incident):", "Short-term (24 hours):", "Long-term (30 days):", "What Went Well:",
        "What Could Be Improved:", "Lessons Learned:",
    ):  # fmt: skip
        assert f"\n{group}\n" in out


def test_it_is_found_in_small_letters_too(inc: Inc) -> None:
    assert inc("show", "inc-2025-001").out == inc("show", "INC-2025-001").out


def test_json(inc: Inc) -> None:
    report = json.loads(inc("show", "INC-2025-001", "--json").out)
    assert set(report) == {"incident", "severity_by_matrix", "criteria", "seconds", "metrics", "sections"}
    assert report["incident"]["id"] == "INC-2025-001"
    assert report["sections"][0]["title"] == "Incident Response Analysis"
    assert report["metrics"]["window"]["label"] == "30 days to 2025-01-15"


def test_another_day_finds_items_overdue(inc: Inc) -> None:
    assert "(OVERDUE)" not in inc("show", "INC-2025-001").out
    assert "Due: 2025-01-30 (OVERDUE)" in inc("show", "INC-2025-001", "--as-of", "2025-01-31").out
    assert "Due: 2025-01-30 (OVERDUE)" in inc("show", "INC-2025-001", "--as-of", "2025-01-30").out, (
        "the end of that day"
    )
    assert "Due: 2025-01-30\n" in inc("show", "INC-2025-001", "--as-of", "2025-01-30T23:59:59Z").out


def test_a_record_that_would_steer_the_terminal(inc: Inc, tmp_path: Path) -> None:
    title = "\x1b]0;owned\x07\x1b[2J\u202egnp.exe [red]x[/red]"
    root = write(
        tmp_path,
        {
            "incidents/2025/INC-2025-001.yml": incident(
                1, title=title, timeline=[{"text": title, "at": "2025-01-10T00:00:00Z"}]
            )
        },
    )
    for command in (["show", "INC-2025-001"], ["list"]):
        out = inc(*command, "--as-of", "2025-01-15", root=root).out
        assert not set(out) & {"\x1b", "\x07", "\u202e"}
        assert "[red]x[/red]" in out


def test_a_record_that_is_there_and_cannot_be_read_is_not_called_missing(inc: Inc, tmp_path: Path) -> None:
    done = inc("show", "inc-2025-001", root=write(tmp_path, {"incidents/2025/INC-2025-001.yml": "id: ["}))
    assert done.status == 1
    assert "error: incidents/2025/INC-2025-001.yml is there and cannot be read" in done.err
