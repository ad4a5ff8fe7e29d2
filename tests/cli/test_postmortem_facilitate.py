"""`inc postmortem facilitate`: the guide to the meeting, of the record and of what is written, by a template of one's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kb import Inc, change, incident, write

REVIEW = "postmortems/2025/INC-2025-001.md"
OWN = "policy/templates/postmortem/meeting.md.tmpl"
ROLES = [
    {"id": "r1", "role": "incident-commander", "holder": "sre", "from": "2025-01-10T00:05:00Z", "to": "2025-01-10T01:00:00Z"}
]  # fmt: skip


@pytest.fixture
def root(tmp_path: Path) -> Path:
    house = {"name": "Test", "as_of": "2025-01-10T12:00:00Z", "teams": {"sre": {"name": "SRE"}, "qa": {"name": "QA"}}}
    return write(
        tmp_path / "kb",
        {"policy/knowledge-base.yml": house, "incidents/2025/INC-2025-001.yml": incident(1, roles=ROLES)},
    )


def minutes(text: str) -> int:
    return sum(map(int, re.findall(r"\((\d+) min\) \|", text)))


@pytest.mark.parametrize(("options", "length"), [((), 60), (("--duration", "45m"), 45), (("--duration", "2h"), 120)])
def test_the_agenda_adds_up_to_the_meeting(inc: Inc, root: Path, options: tuple[str, ...], length: int) -> None:
    said = inc("postmortem", "facilitate", "INC-2025-001", *options, root=root)
    assert said.status == 0
    assert minutes(said.out) == length
    assert "- **Post-mortem:** not begun yet\n" in said.out


def test_it_takes_the_length_and_the_time_of_the_meeting(inc: Inc, root: Path) -> None:
    assert inc("postmortem", "new", "INC-2025-001", "--write", root=root).status == 0
    assert inc("postmortem", "schedule", "INC-2025-001", "--at", "+1d", "--duration", "90m", root=root).status == 0
    said = inc("postmortem", "facilitate", "INC-2025-001", root=root).out
    assert minutes(said) == 90
    assert "- **When:** 2025-01-11 12:00 UTC, 90 minutes\n" in said


def test_a_commander_who_facilitates_is_warned_of(inc: Inc, root: Path) -> None:
    assert inc("postmortem", "new", "INC-2025-001", "--write", root=root).status == 0
    change(root, REVIEW, "status: draft", "status: draft\nfacilitator: sre")
    said = inc("postmortem", "facilitate", "INC-2025-001", root=root)
    assert said.err == "warning: SRE commanded the incident: somebody else had better facilitate\n"


def test_into_a_file(inc: Inc, root: Path, tmp_path: Path) -> None:
    out = tmp_path / "guide.md"
    assert inc("postmortem", "facilitate", "INC-2025-001", "--output", str(out), root=root).status == 0
    assert out.read_text(encoding="utf-8") == inc("postmortem", "facilitate", "INC-2025-001", root=root).out


def test_the_template_can_be_changed(inc: Inc, root: Path) -> None:
    assert "meeting    ships with incidentbook\n" in inc("postmortem", "templates", root=root).out
    assert f"meeting    {OWN}\n" in inc("postmortem", "templates", "--write", root=root).out
    own = "| 1 % | Coffee |\n\n<!-- computed people -->\n<!-- /computed people -->\n"
    (root / OWN).write_text(own, encoding="utf-8")
    said = inc("postmortem", "facilitate", "INC-2025-001", root=root).out
    assert said.startswith("| 0:00 to 1:00 (60 min) | Coffee |\n")
    assert "- **SRE:** incident commander (00:05:00 to 01:00:00)\n" in said


def test_a_part_that_there_is_none_of_is_named(inc: Inc, root: Path) -> None:
    write(root, {OWN: "<!-- computed timeline -->\n<!-- /computed timeline -->\n"})
    said = inc("postmortem", "facilitate", "INC-2025-001", root=root)
    assert said.status != 0
    assert "There are: meeting, people, prepare, questions." in said.err
