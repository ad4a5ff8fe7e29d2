"""`inc actions burndown` and `--ages`: how promises went, by what Git says and not by what they say of themselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commits import Repo
from kb import Inc, change

CHECK = Callable[[str, str], None]
KB = {"policy/knowledge-base.yml": {"name": "Small", "time_zone": "Europe/Berlin"}}
POSTMORTEM = "postmortems/2025/INC-2025-001.md"


def postmortem(*items: tuple[str, str]) -> dict[str, object]:
    """Return what a commit writes: a post-mortem with action items of these states and due days."""
    made = [
        {
            "id": f"AI-2025-001-{number}",
            "title": f"Part {number}",
            "priority": "high",
            "owner": "sre",
            "due": due,
            "status": status,
        }
        for number, (status, due) in enumerate(items, 1)
    ]
    return {**KB, POSTMORTEM: {"incidents": ["INC-2025-001"], "status": "published", "action_items": made}}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    made = Repo.new(tmp_path / "repo")
    made.commit("2025-01-02T10:00:00Z", {**KB})
    start, middle, end = ("not-started", "2025-02-15"), ("in-progress", "2025-02-15"), ("done", "2025-02-15")
    made.commit("2025-01-10T10:00:00Z", postmortem(start, ("proposed", "2025-03-31"), start))
    made.commit("2025-02-20T10:00:00Z", postmortem(middle, ("in-progress", "2025-03-31"), end))
    made.commit("2025-03-05T10:00:00Z", postmortem(end, ("in-progress", "2025-04-30"), end))
    return made


def asked(inc: Inc, repo: Repo, *arguments: str) -> dict[str, Any]:
    found = inc("actions", "burndown", *arguments, "--json", root=repo.root)
    assert found.status == 0, found.err
    plain: dict[str, Any] = json.loads(found.out)
    return plain


def test_the_table(inc: Inc, repo: Repo, golden: CHECK) -> None:
    found = inc("actions", "burndown", "--rev", "HEAD", root=repo.root)
    assert (found.status, found.err) == (0, "")
    assert max(map(len, found.out.splitlines())) <= 80
    golden("history/burndown.txt", found.out)


def test_a_quarter_month_by_month(inc: Inc, repo: Repo) -> None:
    levels = asked(inc, repo, "--period", "2025-Q1", "--as-of", "2025-06-01")["levels"]
    names = ("committed", "finished", "open", "overdue", "done")
    assert [tuple(level[name] for name in names) for level in levels] == [
        (2, 0, 2, 0, 0),
        (1, 1, 2, 1, 1),
        (0, 1, 1, 0, 2),
    ]
    assert [level["window"]["label"] for level in levels] == ["2025-01", "2025-02", "2025-03"]


def test_a_month_week_by_week(inc: Inc, repo: Repo) -> None:
    levels = asked(inc, repo, "--period", "2025-02", "--as-of", "2025-06-01")["levels"]
    assert [level["window"]["label"] for level in levels] == [
        "2025-W05",
        "2025-W06",
        "2025-W07",
        "2025-W08",
        "2025-W09",
    ]
    assert [level["overdue"] for level in levels] == [0, 0, 2, 1, 1]


def test_as_one_would_have_seen_it_then(inc: Inc, repo: Repo) -> None:
    plain = asked(inc, repo, "--rev", "2025-01-31", "--period", "2025-01", "--by", "month")
    short = repo.git("rev-parse", "--short", "HEAD~2")
    assert f"from Git at {short}; " in inc("actions", "burndown", "--rev", short, root=repo.root).out
    assert (plain["as_of"], plain["commit"]) == ("2025-01-31T23:00:00Z", repo.git("rev-parse", "HEAD~2"))
    assert [level["open"] for level in plain["levels"]] == [2]


def test_before_the_past_begins(inc: Inc, repo: Repo) -> None:
    levels = asked(inc, repo, "--period", "2024-12-01..2025-01-31", "--as-of", "2025-06-01", "--by", "month")["levels"]
    assert [level["open"] for level in levels] == [None, 2]
    assert "N/A" in inc("actions", "burndown", "--period", "2024-12", "--as-of", "2025-06-01", root=repo.root).out


def test_a_knowledge_base_that_stands_still(inc: Inc, repo: Repo) -> None:
    repo.commit(
        "2025-04-01T10:00:00Z", {"policy/knowledge-base.yml": {"name": "Small", "as_of": "2025-01-15T06:00:00Z"}}
    )
    assert {level["open"] for level in asked(inc, repo)["levels"]} == {None}
    told = " ".join(inc("actions", "burndown", root=repo.root).out.split())
    assert "N/A: This knowledge base stands still at 2025-01-15T06:00:00Z (as_of in policy/knowledge-base.yml)" in told
    move = "`--as-of DATE` sets that aside, and tells it by Git's calendar."
    remedy = f"{move} Its commits were made from 2025-01-02 to 2025-04-01."
    assert remedy in told
    assert remedy in " ".join(inc("actions", "list", "--ages", root=repo.root).out.split())
    assert remedy in asked(inc, repo)["notes"][-1]
    assert asked(inc, repo, "--as-of", "2025-04-01")["levels"][-1]["open"] == 1
    assert {
        row["status_age_seconds"] for row in json.loads(inc("actions", "list", "--ages", "--json", root=repo.root).out)
    } == {None}


def test_items_without_an_id_are_counted(inc: Inc, repo: Repo) -> None:
    change(repo.root, POSTMORTEM, "id: AI-2025-001-2", "title2: none")
    repo.commit("2025-03-06T10:00:00Z", {**KB})
    assert "Left out: 1 without an id." in inc("actions", "burndown", root=repo.root).out


def test_ages(inc: Inc, repo: Repo) -> None:
    rows = {
        row["id"]: row
        for row in json.loads(
            inc("actions", "list", "--all", "--ages", "--as-of", "2025-03-31", "--json", root=repo.root).out
        )
    }
    assert rows["AI-2025-001-2"]["status_since"] == "2025-02-20T10:00:00Z"
    assert rows["AI-2025-001-2"]["status_age_seconds"] == (39 * 24 + 12) * 3600, (
        "to midnight in Berlin, in summer by then"
    )
    assert rows["AI-2025-001-2"]["due_moved"] == 1
    assert rows["AI-2025-001-3"]["created"] == "2025-01-10T10:00:00Z"
    assert "in progress for 39 d 12 h" in inc("actions", "list", "--ages", "--as-of", "2025-03-31", root=repo.root).out


def test_a_status_that_came_later_is_not_known_yet(inc: Inc, repo: Repo) -> None:
    """The second item is in progress since 20 February, and was proposed before."""
    call = ("actions", "list", "--all", "--ages", "--as-of", "2025-02-10")
    row = {row["id"]: row for row in json.loads(inc(*call, "--json", root=repo.root).out)}["AI-2025-001-2"]
    assert (row["status"], row["status_age_seconds"] is None) == ("proposed", False)
    assert "not committed yet" not in inc(*call, root=repo.root).out


def test_of_an_earlier_day_later_items_are_not_counted(inc: Inc, repo: Repo) -> None:
    assert [asked(inc, repo, "--as-of", day)["items"] for day in ("2025-01-09", "2025-06-01")] == [0, 3]


def test_what_is_not_committed_yet_has_no_age(inc: Inc, repo: Repo) -> None:
    change(repo.root, POSTMORTEM, "status: in-progress", "status: scheduled")
    assert "scheduled not committed yet" in inc("actions", "list", "--ages", root=repo.root).out


def test_without_git(inc: Inc, example: Path) -> None:
    for arguments in (("burndown",), ("list", "--ages")):
        found = inc("actions", *arguments, root=example)
        assert (found.status, "in no Git repository" in found.err) == (2, True)
    assert inc("actions", "list", root=example).status == 0


def test_by_week_shows_weeks_without_a_period(inc: Inc, repo: Repo) -> None:
    found = asked(inc, repo, "--by", "week", "--rev", "HEAD")
    assert len(found["levels"]) > 40


@pytest.fixture
def shallow(repo: Repo, tmp_path: Path) -> Repo:
    """A clone that has the last two commits only: 20 February and 5 March."""
    repo.git("clone", "--quiet", "--depth", "2", repo.root.as_uri(), str(tmp_path / "clone"))
    return Repo(tmp_path / "clone")


def test_a_shallow_clone_burns_down_from_what_stood_where_it_begins(inc: Inc, shallow: Repo) -> None:
    plain = asked(inc, shallow, "--period", "2025-Q1", "--as-of", "2025-06-01")
    names = ("committed", "finished", "open", "overdue", "done")
    assert [tuple(level[name] for name in names) for level in plain["levels"]] == [
        (None,) * 5,
        (0, 0, 2, 1, 1),  # what stood at the end of February is no news of February
        (0, 1, 1, 0, 2),
    ]
    assert plain["begins"] == "2025-02-20T10:00:00Z"
    told = " ".join(inc("actions", "burndown", "--as-of", "2025-06-01", root=shallow.root).out.split())
    assert "since this clone is shallow; what stood there on 2025-02-20 is older" in told
    assert "Items that stood where history begins count as open or done there, and not as new." in told
    assert "`git fetch --unshallow` gets the rest" in told


def test_ages_in_a_shallow_clone_are_at_least_what_is_known(inc: Inc, shallow: Repo) -> None:
    call = ("actions", "list", "--all", "--ages", "--as-of", "2025-03-31")
    rows = {row["id"]: row for row in json.loads(inc(*call, "--json", root=shallow.root).out)}
    old, done = rows["AI-2025-001-2"], rows["AI-2025-001-1"]
    assert (old["created"], old["status_since"], old["status_age_at_least"]) == (None, None, True)
    assert old["status_age_seconds"] == (39 * 24 + 12) * 3600
    assert (done["created"], done["status_since"], done["status_age_at_least"]) == (None, "2025-03-05T10:00:00Z", False)
    told = " ".join(inc(*call, root=shallow.root).out.split())
    assert "in progress for at least 39 d 12 h" in told
    assert "done for 26 d 12 h" in told
    assert "History begins at commit" in told


def test_a_past_that_is_all_there_is_exact(inc: Inc, repo: Repo) -> None:
    rows = json.loads(inc("actions", "list", "--ages", "--as-of", "2025-03-31", "--json", root=repo.root).out)
    assert [row["status_age_at_least"] for row in rows] == [False]
    assert asked(inc, repo)["begins"] == "2025-01-02T10:00:00Z"


def test_a_shallow_clone_whose_line_is_whole(inc: Inc, repo: Repo, tmp_path: Path) -> None:
    repo.git("checkout", "--quiet", "-b", "side", "HEAD~3")
    for day in range(1, 8):
        repo.commit(f"2025-03-0{day}T12:00:00Z", {})
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "--message", "Merge", "side", at="2025-03-09T10:00:00Z")
    repo.git("clone", "--quiet", "--depth", "6", repo.root.as_uri(), str(tmp_path / "clone"))
    assert (tmp_path / "clone/.git/shallow").exists()
    assert asked(inc, Repo(tmp_path / "clone"))["notes"] == []
