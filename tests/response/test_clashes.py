"""Numbers that two clones gave to different incidents, found before they meet in a merge."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clones import Clone, clones
from incidentbook.errors import IncidentbookError
from incidentbook.response.clashes import clashes, same_incident

POLICY: dict[str, object] = {
    "policy/knowledge-base.yml": {"name": "Test", "time_zone": "UTC", "as_of": "2025-01-15T03:00:00Z"},
    ".gitignore": ".incidentbook/\n",
}
FIRST = "INC-2025-001"


@pytest.fixture
def two(tmp_path: Path) -> list[Clone]:
    return clones(tmp_path, POLICY, "ab")


def start(clone: Clone, title: str) -> None:
    clone.inc("start", title, "--severity", "sev2")


def send(clone: Clone) -> None:
    clone.git("add", "--all")
    clone.git("commit", "--quiet", "--message", "Records")
    clone.git("push", "--quiet", "origin", "HEAD:main")


@pytest.mark.parametrize("committed", [True, False])
def test_both_took_the_first_number(two: list[Clone], committed: bool) -> None:  # noqa: FBT001
    a, b = two
    start(a, "Checkout fails")
    send(a)
    start(b, "Search is slow")
    if committed:
        b.git("add", "--all")
        b.git("commit", "--quiet", "--message", "Ours")
    assert clashes(b.root, "origin/main") == [], "nobody has looked yet"
    b.git("fetch", "--quiet")
    assert clashes(b.root) == clashes(b.root, "origin/main") == [FIRST]
    assert clashes(a.root, "origin/main") == [], "theirs is ours"


def test_one_incident_in_both_clones_is_no_clash(two: list[Clone]) -> None:
    """A patch that was carried over by hand, and that both went on with."""
    a, b = two
    start(a, "Checkout fails")
    carried = a.text(f"incidents/2025/{FIRST}.yml")
    send(a)
    a.inc("log", "Here")
    (b.root / "incidents/2025").mkdir(parents=True)
    (b.root / f"incidents/2025/{FIRST}.yml").write_text(carried, "utf-8")
    b.inc("log", "There")
    b.git("fetch", "--quiet")
    assert clashes(b.root) == []


def test_what_only_they_have_is_no_clash(two: list[Clone]) -> None:
    a, b = two
    start(a, "Checkout fails")
    send(a)
    b.git("fetch", "--quiet")
    start(b, "Search is slow")
    assert (b.root / "incidents/2025/INC-2025-002.yml").is_file(), (
        "the number of the other is known, so it is not taken again"
    )
    assert clashes(b.root) == []


def test_histories_that_share_nothing(two: list[Clone]) -> None:
    a, b = two
    start(a, "Checkout fails")
    send(a)
    b.git("switch", "--quiet", "--orphan", "apart")
    b.git("commit", "--quiet", "--allow-empty", "--message", "Anew")
    b.git("checkout", "--quiet", "main", "--", ".")
    start(b, "Search is slow")
    b.git("fetch", "--quiet")
    assert clashes(b.root, "origin/main") == [FIRST]


def test_nothing_to_compare_with(two: list[Clone]) -> None:
    with pytest.raises(IncidentbookError, match="Git knows no origin/none to compare with"):
        clashes(two[0].root, "origin/none")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({"title": "A", "timeline": [{"id": "x"}]}, {"title": "B", "timeline": [{"id": "y"}, {"id": "x"}]}, True),
        ({"title": "A", "timeline": [{"id": "x"}]}, {"title": "A", "timeline": [{"id": "y"}]}, False),
        ({"title": "A", "timeline": [{"id": "x"}]}, {"title": "A"}, False),
        ({"title": "A", "milestones": {"started": "t"}}, {"title": "A", "milestones": {"started": "t"}}, True),
        ({"title": "A", "milestones": {"started": "t"}}, {"title": "A", "milestones": {"started": "u"}}, False),
        ({"title": "A", "milestones": []}, {"title": "B"}, False),
        ({"roles": "x", "transitions": [3]}, None, True),
    ],
)
def test_what_makes_two_records_one_incident(one: Any, other: Any, same: bool) -> None:  # noqa: FBT001
    assert same_incident(one, other) is same
