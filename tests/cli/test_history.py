"""`inc history`: what was known of a record when, as a reader sees it and as a program does."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commits import Repo
from kb import Inc, change, incident, write

CHECK = Callable[[str, str], None]
KB: dict[str, object] = {"policy/knowledge-base.yml": {"name": "Small", "time_zone": "Europe/Berlin"}}
RECORD, POSTMORTEM = "incidents/2025/INC-2025-001.yml", "postmortems/2025/INC-2025-001.md"
STARTED = "2025-01-10T09:00:00Z"
ALERT = {"id": "t1", "at": "2025-01-10T09:01:00Z", "kind": "alert", "text": "Errors rise at the checkout"}
LATE = {"id": "t2", "at": "2025-01-10T08:55:00Z", "kind": "finding", "text": "A rollout had begun five minutes earlier"}


def postmortem(status: str, due: str) -> dict[str, object]:
    item = {"id": "AI-2025-001-1", "title": "Watch the pool", "owner": "sre", "due": due, "status": status}
    return {"incidents": ["INC-2025-001"], "status": "published", "action_items": [item]}


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """An incident that was declared, resolved and, days later, told differently; its action item is done, and opened again."""
    made = Repo.new(tmp_path / "repo")
    record = incident(1, STARTED, title="Checkout fails", status="declared", milestones={"started": STARTED})
    made.commit("2025-01-01T10:00:00Z", KB, "Begin")
    made.commit("2025-01-10T09:05:00Z", {**KB, RECORD: record}, "Declare INC-2025-001")
    record |= {
        "status": "resolved",
        "milestones": {"started": STARTED, "resolved": "2025-01-10T09:45:00Z"},
        "timeline": [ALERT],
    }
    made.commit("2025-01-10T09:46:10Z", {**KB, RECORD: record}, "Resolve INC-2025-001")
    made.commit(
        "2025-01-12T10:00:00Z", {**KB, POSTMORTEM: postmortem("in-progress", "2025-01-20")}, "Write the post-mortem"
    )
    record["milestones"] = {"started": STARTED, "resolved": "2025-01-10T10:10:00Z"}
    record["timeline"] = [ALERT, LATE]
    made.commit("2025-01-13T10:00:00Z", {**KB, RECORD: record}, "What the rollout's log says")
    made.commit("2025-01-18T10:00:00Z", {**KB, POSTMORTEM: postmortem("done", "2025-01-20")}, "Done")
    made.commit("2025-01-25T10:00:00Z", {**KB, POSTMORTEM: postmortem("in-progress", "2025-02-20")}, "Not quite")
    return made


def asked(inc: Inc, repo: Repo, *arguments: str) -> dict[str, Any]:
    found = inc("history", *arguments, "--json", root=repo.root)
    assert found.status == 0, found.err
    plain: dict[str, Any] = json.loads(found.out)
    return plain


def test_an_incident(inc: Inc, repo: Repo, golden: CHECK) -> None:
    found = inc("history", "inc-2025-001", root=repo.root)
    assert (found.status, found.err) == (0, "")
    assert max(map(len, found.out.splitlines())) <= 80
    golden("history/incident.txt", found.out)


def test_an_action_item(inc: Inc, repo: Repo, golden: CHECK) -> None:
    found = inc("history", "AI-2025-001-1", "--rev", "HEAD", root=repo.root)
    golden("history/action.txt", found.out)


def test_for_programs(inc: Inc, repo: Repo) -> None:
    plain = asked(inc, repo, "INC-2025-001", "--rev", "2025-01-14")
    assert (plain["id"], plain["as_of"], plain["life"]) == ("INC-2025-001", "2025-01-14T23:00:00Z", None)
    assert [commit["subject"] for commit in plain["commits"]] == [
        "Declare INC-2025-001", "Resolve INC-2025-001", "Write the post-mortem", "What the rollout's log says",
    ]  # fmt: skip
    assert [len(commit["backdated"]) for commit in plain["commits"]] == [0, 0, 0, 2]
    assert plain["commits"][3]["backdated"][1] == {
        "path": "timeline[t2]", "at": "2025-01-10T08:55:00Z", "lag_seconds": 3 * 86400 + 3900,
    }  # fmt: skip


def test_the_life_of_an_item_for_programs(inc: Inc, repo: Repo) -> None:
    life = asked(inc, repo, "AI-2025-001-1", "--rev", "HEAD")["life"]
    assert life == {
        "status": "in-progress", "status_since": "2025-01-25T10:00:00Z", "status_age_seconds": 0, "status_age_at_least": False,
        "created": "2025-01-12T10:00:00Z", "committed": "2025-01-12T10:00:00Z", "closed": None,
        "reopened": ["2025-01-25T10:00:00Z"], "due_moved": 1,
    }  # fmt: skip


def test_another_limit(inc: Inc, repo: Repo) -> None:
    assert (
        "! timeline[t1]: 45 min 10 s after its time"
        in inc("history", "INC-2025-001", "--late-after", "30m", root=repo.root).out
    )
    assert (
        "Nothing came more than 30 d after its time"
        in inc("history", "INC-2025-001", "--late-after", "30d", root=repo.root).out
    )
    refused = inc("history", "INC-2025-001", "--late-after", "soon", root=repo.root)
    assert (refused.status, "Write a duration" in refused.err) == (2, True)


def test_of_many_changes_the_first_unless_all_are_asked_for(inc: Inc, repo: Repo) -> None:
    entries = [ALERT | {"id": f"e{number}"} for number in range(20)]
    repo.commit("2025-01-26T10:00:00Z", {RECORD: incident(1, STARTED, timeline=entries)}, "Many")
    few, every = (
        inc("history", "INC-2025-001", root=repo.root).out,
        inc("history", "INC-2025-001", "--all", root=repo.root).out,
    )
    assert "more (--all shows them)" in few
    assert "timeline[e19]" not in few
    assert "timeline[e19]" in every


def test_a_knowledge_base_that_stands_still(inc: Inc, repo: Repo) -> None:
    repo.commit(
        "2025-02-01T10:00:00Z", {"policy/knowledge-base.yml": {"name": "Small", "as_of": "2025-01-15T06:00:00Z"}}
    )
    plain = asked(inc, repo, "INC-2025-001")
    assert plain["late_after_seconds"] is None
    assert not any(commit["backdated"] for commit in plain["commits"])
    assert "stands still at 2025-01-15T06:00:00Z" in plain["notes"][0]
    assert asked(inc, repo, "AI-2025-001-1")["life"]["status_age_seconds"] is None
    told = inc("history", "AI-2025-001-1", root=repo.root).out
    assert told.splitlines()[2] == "in progress, reopened once, due day moved once"


def test_nothing_steers_the_terminal(inc: Inc, repo: Repo) -> None:
    repo.commit("2025-01-26T10:00:00Z", {RECORD: incident(1, STARTED, title="\x1b[31mred")}, "\x1b[2Jclear")
    assert "\x1b" not in inc("history", "INC-2025-001", root=repo.root).out


def test_nobody_is_named(inc: Inc, repo: Repo) -> None:
    assert "Responders" not in inc("history", "INC-2025-001", "--json", root=repo.root).out
    assert "@" not in inc("history", "INC-2025-001", root=repo.root).out


def test_a_slip_of_the_pen(inc: Inc, repo: Repo) -> None:
    found = inc("history", "INC-2025-011", root=repo.root)
    assert found.status == 2
    assert "No commit here has ever had INC-2025-011" in found.err
    assert "Did you mean INC-2025-001?" in found.err


def test_what_is_gone_has_a_past(inc: Inc, repo: Repo) -> None:
    repo.commit("2025-02-01T10:00:00Z", {RECORD: None, POSTMORTEM: None}, "Take it away")
    assert f"record removed: {RECORD}" in inc("history", "INC-2025-001", root=repo.root).out
    assert inc("history", "AI-2025-001-1", root=repo.root).out.splitlines()[2].startswith("taken away for ")


def test_what_is_not_committed_is_named_and_not_told(inc: Inc, repo: Repo) -> None:
    change(repo.root, RECORD, "severity: sev2", "severity: sev1")
    found = inc("history", "INC-2025-001", root=repo.root).out
    assert f"{RECORD} has changes that are not committed, and not told here." in " ".join(found.split())
    assert "sev1" not in found
    assert "not committed" not in inc("history", "INC-2025-001", "--rev", "HEAD", root=repo.root).out


def test_a_record_that_no_commit_has_yet(inc: Inc, repo: Repo) -> None:
    write(repo.root, {**KB, "incidents/2025/INC-2025-002.yml": incident(2)})
    found = inc("history", "INC-2025-002", root=repo.root)
    assert (found.status, "INC-2025-002 is written, and in no commit yet" in found.err) == (2, True)


def test_commits_with_wrong_clocks_are_counted(inc: Inc, repo: Repo) -> None:
    repo.commit("2001-01-01T10:00:00Z", {**KB, POSTMORTEM: postmortem("done", "2025-02-20")}, "From a reset clock")
    plain = asked(inc, repo, "AI-2025-001-1")
    assert plain["notes"] == ["1 commit is dated before what it follows."]
    assert plain["commits"][-1]["at"] == "2001-01-01T10:00:00Z"
    assert plain["commits"][-1]["known_at"] == plain["life"]["closed"] == "2025-01-25T10:00:00Z"


def test_without_git(inc: Inc, example: Path) -> None:
    found = inc("history", "INC-2025-001", root=example)
    assert found.status == 2
    assert "in no Git repository, so it has no history" in found.err


def test_a_shallow_clone_says_where_its_past_begins(inc: Inc, repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "--quiet", "--depth", "3", repo.root.as_uri(), str(tmp_path / "clone"))
    found = " ".join(inc("history", "INC-2025-001", root=tmp_path / "clone").out.split())
    first = Repo(tmp_path / "clone").git("rev-list", "--abbrev-commit", "--max-parents=0", "HEAD")
    assert f"History begins at commit {first}, since this clone is shallow" in found


def test_an_earlier_commit_that_does_not_have_it_yet(inc: Inc, repo: Repo) -> None:
    first = repo.git("rev-list", "--max-parents=0", "HEAD")
    found = inc("history", "INC-2025-001", "--rev", first, root=repo.root)
    assert (found.status, f"Until {first} no commit had INC-2025-001" in found.err) == (2, True)


def test_a_record_that_was_taken_away_and_brought_back_is_not_late(inc: Inc, repo: Repo) -> None:
    repo.commit("2025-03-01T10:00:00Z", {RECORD: None, POSTMORTEM: None}, "Take it away")
    repo.git("revert", "--no-edit", "HEAD", at="2025-03-02T10:00:00Z")
    (_, *_, back) = json.loads(inc("history", "INC-2025-001", "--json", root=repo.root).out)["commits"]
    assert back["subject"].startswith("Revert")
    assert back["backdated"] == []


def test_a_number_that_was_given_up_leads_to_the_one_that_came_instead(inc: Inc, repo: Repo) -> None:
    record = (repo.root / RECORD).read_text(encoding="utf-8").replace("INC-2025-001", "INC-2025-004")
    repo.commit("2025-02-01T10:00:00Z", {RECORD: None, "incidents/2025/INC-2025-004.yml": record}, "Renumber")
    told = " ".join(inc("history", "INC-2025-001", root=repo.root).out.split())
    assert "INC-2025-001 is INC-2025-004 now; `inc history INC-2025-004` tells all of it." in told
    assert "is INC-2025-004 now" not in inc("history", "INC-2025-004", root=repo.root).out


def test_what_stood_where_a_shallow_clone_begins_was_not_written_then(inc: Inc, repo: Repo, tmp_path: Path) -> None:
    repo.git("clone", "--quiet", "--depth", "3", repo.root.as_uri(), str(tmp_path / "clone"))
    clone = Repo(tmp_path / "clone")
    told = inc("history", "INC-2025-001", root=clone.root).out
    assert f"  record there already: {RECORD}" in told
    assert "record written" not in told
    assert "started       2025-01-10T09:00:00Z  by 2025-01-13" in told
    plain = asked(inc, clone, "INC-2025-001")
    assert (plain["commits"][0]["files"][0]["what"], plain["facts"][0]["known_before"]) == ("there", True)
    life = asked(inc, clone, "AI-2025-001-1", "--rev", "HEAD~1")["life"]
    assert (life["created"], life["committed"], life["status_age_at_least"]) == (None, None, False)
    item = inc("history", "AI-2025-001-1", "--rev", "HEAD~2", root=clone.root).out.splitlines()
    assert item[2].startswith("in progress for at least 0 ")


def test_a_number_that_was_given_up_tells_no_more_than_the_one_that_came_instead(inc: Inc, repo: Repo) -> None:
    open_ = (repo.root / RECORD).read_text(encoding="utf-8") + "disclosure: public\n"
    later = "incidents/2025/INC-2025-004.yml"
    repo.commit("2025-02-01T10:00:00Z", {RECORD: open_})
    renumbered = {RECORD: None, POSTMORTEM: None, later: open_.replace("INC-2025-001", "INC-2025-004")}
    repo.commit("2025-02-02T10:00:00Z", renumbered)
    call = ("history", "INC-2025-001", "--audience", "public")
    assert "is INC-2025-004 now" in " ".join(inc(*call, root=repo.root).out.split())
    hidden = open_.replace("INC-2025-001", "INC-2025-004").replace("public", "restricted")
    repo.commit("2025-02-03T10:00:00Z", {later: hidden})
    found = inc(*call, root=repo.root)
    assert (found.status, found.out, "INC-2025-004" in found.err) == (2, "", False)
