"""``inc oncall``: who is on call, as a responder, a program and a calendar read it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kb import ROOT, Inc, change, write

NOBODY = "No role goes round: policy/rotation.yml names no rotation"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with the policies of this repository."""
    files = {f"policy/{path.name}": path.read_text("utf-8") for path in (ROOT / "policy").glob("*.yml")}
    return write(tmp_path / "kb", files)


def test_who_is_on_call_now(inc: Inc, root: Path) -> None:
    said = inc("oncall", root=root).out
    assert said == (ROOT / "tests/goldens/oncall.txt").read_text("utf-8")
    assert max(map(len, said.splitlines())) <= 80


def test_the_shifts_of_two_weeks(inc: Inc, root: Path) -> None:
    said = inc("oncall", "--weeks", "2", root=root).out
    assert said == (ROOT / "tests/goldens/oncall-weeks.txt").read_text("utf-8")
    assert max(map(len, said.splitlines())) <= 80


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("+6d", "SRE (#team-sre)"),
        ("2025-01-26 12:00", "DevOps (#team-devops)"),
        ("2025-01-01T00:00:00Z", "nobody"),
    ],
)
def test_at_another_time(inc: Inc, root: Path, at: str, expected: str) -> None:
    lines = inc("oncall", "--role", "incident-commander", "--at", at, root=root).out.splitlines()
    assert lines[1].split(maxsplit=1) == ["incident-commander", expected]


def test_an_override_says_why(inc: Inc, root: Path) -> None:
    said = inc("oncall", "--role", "incident-commander", "--at", "2025-01-26 12:00", root=root).out
    assert said.splitlines()[2].strip() == "override: SRE runs the failover drill of that weekend"


def test_a_holiday_is_named_with_its_place(inc: Inc, root: Path) -> None:
    said = inc("oncall", "--at", "2025-01-20 12:00", root=root).out
    assert said.endswith("2025-01-20 is a holiday in US: Martin Luther King Jr. Day\n")
    assert inc("oncall", "--at", "2025-01-01 12:00", root=root).out.endswith("holiday everywhere: New Year's Day\n")


def test_nobody_ever(inc: Inc, root: Path) -> None:
    change(root, "policy/rotation.yml", "[customer-support, executive-team]", "[]")
    assert "communications-lead   nobody\n                      and nobody comes\n" in inc("oncall", root=root).out


def test_json(inc: Inc, root: Path) -> None:
    said: dict[str, Any] = json.loads(inc("oncall", "--json", "--role", "operations-lead", root=root).out)
    (one,) = said["on_call"]
    assert (one["team"], one["from"], one["until"]) == ("sre", "2025-01-15T06:00:00Z", "2025-01-15T14:00:00Z")
    assert (one["next"]["team"], one["next"]["contact"]) == ("devops", "#team-devops")
    listed = json.loads(inc("oncall", "--json", "--role", "operations-lead", "--weeks", "1", root=root).out)
    assert [shift["team"] for shift in listed["shifts"]][:4] == ["sre", "devops", "platform-engineering", "sre"]
    assert (listed["to"], len(listed["shifts"])) == ("2025-01-22T06:00:00Z", 21)
    assert listed["holidays"] == [{"date": "2025-01-20", "name": "Martin Luther King Jr. Day", "place": "US"}]


def test_a_file_takes_its_form_from_its_ending(inc: Inc, root: Path, tmp_path: Path) -> None:
    inc("oncall", "--output", str(tmp_path / "a.ics"), root=root)
    inc("oncall", "--output", str(tmp_path / "a.txt"), root=root)
    calendar = (tmp_path / "a.ics").read_bytes()
    assert calendar == inc("oncall", "--ical", root=root).out.encode()
    assert calendar.startswith(b"BEGIN:VCALENDAR\r\n")
    assert calendar.count(b"SUMMARY:operations-lead") == 12 * 7 * 3
    assert b"\r\r\n" not in calendar
    assert (tmp_path / "a.txt").read_text("utf-8") == inc("oncall", root=root).out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--role", "scribe"), "There is no 'scribe' here"),
        (("--at", "soon"), "'soon' is no time; write +2h, -1d,"),
        (("--at", "2125-01-01 00:00"), "It is more than ten years away"),
        (("--weeks", "0"), "0 is not in the range"),
    ],
)
def test_what_is_refused(inc: Inc, root: Path, arguments: tuple[str, ...], message: str) -> None:
    result = inc("oncall", *arguments, root=root)
    assert result.status == 2
    assert message in result.err


def test_without_a_rotation(inc: Inc, root: Path) -> None:
    path = root / "policy/rotation.yml"
    path.write_text("effective_from: 2025-01-01\nrotations: []\n", "utf-8")
    assert (inc("oncall", root=root).status, NOBODY in inc("oncall", root=root).err) == (2, True)
    path.write_text("rotations: [\n", "utf-8")
    broken = inc("oncall", root=root)
    assert (broken.status, "policy/rotation.yml cannot be read" in broken.err) == (1, True)
    path.unlink()
    assert NOBODY in inc("oncall", root=root).err
