"""`inc list`: all incidents, the newest first, and those that a filter leaves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kb import Inc, incident, write


@pytest.fixture
def five(tmp_path: Path) -> Path:
    seen = {"provenance": {"source": "statuspage", "id": "x", "last_seen": "2025-01-13T00:00:00Z"}}
    records = [
        incident(1, "2025-01-10T00:00:00Z", severity="sev1", services=["api", "db"]),
        incident(2, "2025-01-12T00:00:00Z", type="security"),
        incident(3, "2025-01-11T00:00:00Z", status="investigating"),
        incident(4, "2024-12-11T00:00:00Z", exercise=True, services=["db"]),
        incident(5, "2024-12-10T00:00:00Z", severity="unclassified", status="investigating", **seen),
        {"id": "INC-2025-006", "title": "Nothing else is known"},
    ]
    return write(tmp_path, {f"incidents/2025/{item['id']}.yml": item for item in records})


def numbers(inc: Inc, root: Path, *arguments: str) -> str:
    done = inc("list", *arguments, "--json", root=root)
    assert done.status == 0, done.err
    return "".join(item["id"][-1] for item in json.loads(done.out))


def test_the_table(inc: Inc, example: Path, golden: Callable[[str, str], None]) -> None:
    done = inc("list", root=example)
    assert (done.status, done.err) == (0, "")
    assert "\x1b" not in done.out
    assert max(map(len, done.out.splitlines())) <= 80
    golden("list.txt", done.out)


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ([], "231456"),
        (["--severity", "sev1"], "1"),
        (["--severity", "sev1", "--severity", "unclassified"], "15"),
        (["--status", "investigating"], "35"),
        (["--open"], "35"),
        (["--type", "security"], "2"),
        (["--service", "db"], "14"),
        (["--service", "db", "--service", "api"], "23145"),
        (["--service", "db", "--severity", "sev2"], "4"),
        (["--period", "2025-01", "--as-of", "2025-02-01"], "231"),
        (["--period", "2024-12-11..2025-01-10", "--as-of", "2025-02-01"], "14"),
        (["--period", "monthly", "--as-of", "2025-01-31"], "23145"),
        (["--period", "2d", "--as-of", "2025-01-12T12:00:00Z"], "23"),
        (["--severity", "sev4"], ""),
    ],
)  # fmt: skip
def test_filters(inc: Inc, five: Path, arguments: list[str], found: str) -> None:
    assert numbers(inc, five, *arguments) == found


def test_what_is_not_known_is_said(inc: Inc, five: Path) -> None:
    rows = {
        line.split()[0]: line.split()[1:] for line in inc("list", root=five).out.splitlines() if line.startswith("INC")
    }
    assert rows["INC-2025-006"][:3] == ["unknown", "?", "?"]
    assert rows["INC-2025-005"][:3] == ["2024-12-10", "-", "investigating*"]
    assert rows["INC-2025-001"][:4] == ["2025-01-10", "SEV-1", "resolved", "1:00:00"]


def test_an_imported_open_one_has_a_note(inc: Inc, five: Path) -> None:
    out = inc("list", root=five).out
    assert "* unresolved when its source was last seen" in out
    assert "6 of 6 incidents" in out
    assert "*" not in inc("list", "--severity", "sev1", root=five).out


def test_drills_say_so(inc: Inc, five: Path) -> None:
    assert "Incident 4 (drill)" in " ".join(inc("list", "--service", "db", root=five).out.split())


def test_nothing_found_and_nothing_there(inc: Inc, five: Path, tmp_path: Path) -> None:
    assert inc("list", "--severity", "sev4", root=five).out == "No incident matches.\n"
    empty = write(tmp_path / "empty", {})
    assert "There is no incident yet" in inc("list", root=empty).out
    assert inc("list", "--json", root=empty).out == "[]\n"


def test_json_of_one(inc: Inc, five: Path) -> None:
    (item,) = json.loads(inc("list", "--severity", "sev1", "--json", root=five).out)
    assert item == {
        "id": "INC-2025-001", "title": "Incident 1", "severity": "sev1", "status": "resolved", "type": "availability",
        "services": ["api", "db"], "started": "2025-01-10T00:00:00Z", "seconds_to_resolve": 3600.0, "exercise": False,
        "near_miss": False, "last_seen": None,
    }  # fmt: skip


def test_days_are_those_of_the_zone(inc: Inc, tmp_path: Path) -> None:
    root = write(tmp_path, {
        "policy/knowledge-base.yml": {"name": "T", "time_zone": "Pacific/Auckland"},
        "incidents/2025/INC-2025-001.yml": incident(1, "2025-01-10T23:00:00Z"),
    })  # fmt: skip
    assert "2025-01-11" in inc("list", root=root).out


def test_ids_that_look_like_markup(inc: Inc, tmp_path: Path) -> None:
    root = write(
        tmp_path,
        {
            "incidents/2025/a.yml": incident(1) | {"id": "[/red]"},
            "incidents/2025/b.yml": incident(2) | {"id": ":x:[b]"},
        },
    )
    done = inc("list", root=root)
    assert done.status == 0
    assert "[/red]" in done.out
    assert ":x:[b]" in done.out
