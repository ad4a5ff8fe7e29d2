"""`inc overdue`: all that is late, for a person, for a program and for the issue that a workflow keeps."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from kb import Inc, Plain, change, incident, write

AS_OF = ("--as-of", "2025-02-10T12:00:00Z")
PLAYBOOK = "playbooks/availability/failover.md"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
ITEM: Plain = {"owner": "sre", "status": "in-progress", "due": "2025-01-31"}
HELD: Plain = {"incidents": ["INC-2025-001"], "status": "published", "held": "2025-01-11"}
ITEMS: list[Plain] = [
    {"id": "AI-2025-001-1", "title": "Mend it", **ITEM},
    {"id": "AI-2025-001-2", "title": "It waits", **ITEM, "waiver": {"owner": "sre", "reason": "x", "until": "2025-03-01"}},
    {"id": "AI-2025-001-3", "title": "It waited", **ITEM, "waiver": {"owner": "sre", "reason": "x", "until": "2025-02-05"}},
    {"id": "AI-2025-001-4", "title": "Due later", **ITEM, "due": "2025-02-10"},
    {"id": "AI-2025-001-5", "title": "Nobody promised it", "status": "proposed", "due": "2025-01-01"},
    {"id": "AI-2025-001-6", "title": "Drill", **ITEM, "due": "2025-01-06", "recurrence": "FREQ=WEEKLY",
     "occurrences": [{"due": "2025-01-06", "completed": "2025-01-06"}]},
    {"id": "AI-2025-001-7", "title": "Bear it", "owner": "sre", "status": "accepted-risk", "due": "2025-01-01",
     "accepted_until": "2025-02-01", "reason": "x"},
]  # fmt: skip


def book(**more: object) -> Plain:
    plain: Plain = {"id": "availability/failover", "title": "Fail over", "owner": "sre", "review_every": "30d"}
    return plain | {"last_reviewed": "2025-01-01", "status": "active"} | more


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Late: four items, the post-mortem of the second incident, one playbook."""
    return write(tmp_path, {
        "policy/knowledge-base.yml": {"name": "T", "time_zone": "UTC", "teams": {"sre": {"name": "SRE team"}}},
        "policy/severities.yml": {"severities": {"sev2": {"postmortem": "required", "postmortem_within": "48h"}}},
        "incidents/2025/INC-2025-001.yml": incident(1),
        "incidents/2025/INC-2025-002.yml": incident(2, "2025-02-01T00:00:00Z", title="Ask <@sre> & _all_"),
        "incidents/2025/INC-2025-003.yml": incident(3, "2025-02-10T00:00:00Z"),
        POSTMORTEM: HELD | {"action_items": ITEMS},
        PLAYBOOK: book(),
        "playbooks/availability/old.md": book(id="availability/old", status="retired"),
    })  # fmt: skip


def names(inc: Inc, root: Path, *more: str) -> list[str]:
    result = inc("overdue", "--json", *(more or AS_OF), root=root)
    return [one["name"] for one in json.loads(result.out)["overdue"]]


def test_kind_by_kind_what_has_waited_longest_first(inc: Inc, root: Path) -> None:
    assert names(inc, root) == [
        "AI-2025-001-6", "AI-2025-001-1", "AI-2025-001-3", "AI-2025-001-7", "INC-2025-002", "availability/failover",
    ]  # fmt: skip


def test_for_people(inc: Inc, root: Path, golden: Callable[[str, str], None]) -> None:
    done = inc("overdue", *AS_OF, root=root)
    assert (done.status, done.err) == (0, "")
    golden("overdue.txt", done.out)


def test_for_an_issue(inc: Inc, root: Path, tmp_path: Path, golden: Callable[[str, str], None]) -> None:
    done = inc("overdue", *AS_OF, "--markdown", root=root)
    golden("overdue.md", done.out)
    assert "@sre" not in done.out, "nobody is called each night"
    written = tmp_path / "late.md"
    assert inc("overdue", *AS_OF, "--fail", "--output", str(written), root=root).status == 1
    assert written.read_text(encoding="utf-8") == done.out


def test_where_each_stands(inc: Inc, root: Path) -> None:
    found = json.loads(inc("overdue", "--json", *AS_OF, root=root).out)["overdue"]
    for one in found:
        if one["kind"] != "postmortem":
            line = (root / one["path"]).read_text(encoding="utf-8").splitlines()[one["line"] - 1]
            assert any(key in line for key in ("due:", "accepted_until:", "last_reviewed:")), one
    assert found[4]["path"] == "incidents/2025/INC-2025-002.yml"


def test_nothing_is_late(inc: Inc, root: Path) -> None:
    before = ("--as-of", "2025-01-12T00:00:00Z")
    done = inc("overdue", "--fail", *before, root=root)
    assert (done.status, done.out) == (0, "Nothing is overdue as of 2025-01-12T00:00:00Z\n")
    assert inc("overdue", "--markdown", *before, root=root).out.startswith("<!-- inc overdue: 0 -->\n")


def test_it_is_late_from_the_end_of_its_day(inc: Inc, root: Path) -> None:
    assert "AI-2025-001-4" not in names(inc, root, "--as-of", "2025-02-10T23:59:59Z")
    assert "AI-2025-001-4" in names(inc, root, "--as-of", "2025-02-11T00:00:00Z")
    assert "availability/failover" in names(inc, root, "--as-of", "2025-02-01T00:00:00Z")
    assert "availability/failover" not in names(inc, root, "--as-of", "2025-01-31T23:59:59Z")


def test_a_day_that_nobody_can_read_counts_as_late(inc: Inc, root: Path) -> None:
    change(root, POSTMORTEM, "due: 2025-02-10", "due: soon")
    assert names(inc, root)[0] == "AI-2025-001-4"
    assert "no due day that can be read" in inc("overdue", *AS_OF, root=root).out


def test_a_file_that_nobody_can_read_does_not_pass_for_good_news(inc: Inc, root: Path) -> None:
    (root / POSTMORTEM).write_text("---\nincidents: [\n---\n", encoding="utf-8")
    done = inc("overdue", "--as-of", "2025-01-12T00:00:00Z", "--markdown", root=root)
    assert done.status == 1
    assert done.out.startswith("<!-- inc overdue: 1 -->\n")
    assert POSTMORTEM in done.out
    public = inc("overdue", "--as-of", "2025-01-12T00:00:00Z", "--audience", "public", "--json", root=root)
    assert [one["name"] for one in json.loads(public.out)["overdue"]] == ["A file"]


def test_readers_are_told_of_what_they_may_see(inc: Inc, root: Path) -> None:
    internal = json.loads(inc("overdue", *AS_OF, "--audience", "internal", "--json", root=root).out)["overdue"]
    assert len(internal) == 6
    assert {one["line"] for one in internal} == {None}, "what they see has no lines"
    out = inc("overdue", *AS_OF, "--audience", "public", "--markdown", root=root).out
    assert "INC-2025" not in out
    assert "AI-2025" not in out


def test_an_issue_holds_it_however_much_is_late(inc: Inc, root: Path) -> None:
    many = [{"id": f"AI-2025-001-{place}", "title": "x" * 4000, **ITEM} for place in range(1, 200)]
    write(root, {POSTMORTEM: HELD | {"action_items": many}})
    out = inc("overdue", *AS_OF, "--markdown", root=root).out
    assert len(out) < 65_536
    assert "- and 149 more" in out
