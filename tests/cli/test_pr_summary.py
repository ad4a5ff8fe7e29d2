"""`inc pr-summary`: what a branch changes, held against where it left the main one, in a real repository."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commits import Repo
from incidentbook.snapshot import loading
from kb import ROOT, Inc, Plain, incident

POLICY: dict[str, object] = {
    f"policy/{name}.yml": (ROOT / "policy" / f"{name}.yml").read_text(encoding="utf-8")
    for name in ("metrics", "severities")
}
RECORD, POSTMORTEM = "incidents/2025/INC-2025-001.yml", "postmortems/2025/INC-2025-001.md"
SHORTER = {"milestones": {"started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T00:30:00Z"}}
AS_OF = ("--as-of", "2025-01-11T06:00:00Z")


def told(*items: str, status: str = "draft") -> str:
    listed = "".join(f"  - {item}\n" for item in items)
    return f"---\nincidents: [INC-2025-001]\nstatus: {status}\naction_items:\n{listed}---\n\n# What happened\n"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A main branch with one incident and a proposed item, and a branch that commits to it and mends the record."""
    made = Repo.new(tmp_path / "book")
    proposed = told("{id: AI-2025-001-1, title: Alert on the queue, status: proposed}")
    made.commit("2025-01-10T08:00:00Z", {**POLICY, RECORD: incident(1), POSTMORTEM: proposed})
    made.git("checkout", "--quiet", "-b", "learn")
    bound = "{id: AI-2025-001-1, title: Alert on the queue, status: not-started, owner: sre, due: 2025-02-01}"
    more = "{id: AI-2025-001-2, title: Try a failover, status: proposed}"
    made.commit("2025-01-11T05:00:00Z", {RECORD: incident(1, **SHORTER), POSTMORTEM: told(bound, more)})
    return made


def asked(inc: Inc, repo: Repo, *more: str) -> Plain:
    result = inc("pr-summary", *more, *AS_OF, "--json", root=repo.base)
    assert result.status == 0, result.err
    found: Plain = json.loads(result.out)
    return found


def test_what_the_branch_changes(inc: Inc, repo: Repo, golden: Callable[[str, str], None]) -> None:
    result = inc("pr-summary", *AS_OF, "--markdown", root=repo.base)
    assert result.status == 0, result.err
    text = result.out
    for place, commit in enumerate(
        (repo.git("rev-parse", "--short", "main"), repo.git("rev-parse", "--short", "HEAD"))
    ):
        text = text.replace(commit, f"COMMIT{place}")
    golden("pr-summary.md", text)


def test_for_programs(inc: Inc, repo: Repo) -> None:
    found = asked(inc, repo)
    assert [(edit["kind"], edit["record"], edit["what"]) for edit in found["edits"]] == [
        ("incident", "INC-2025-001", "changed"),
        ("postmortem", POSTMORTEM, "changed"),
    ]
    assert [(item["id"], item["what"]) for item in found["promises"]] == [
        ("AI-2025-001-1", "committed"),
        ("AI-2025-001-2", "proposed"),
    ]
    assert found["promises"][0]["told"] == ["status proposed → not started", "owner sre", "due 2025-02-01"]
    assert [(due["incidents"], due["by"], due["late"]) for due in found["clocks"]] == [
        (["INC-2025-001"], "2025-01-12T00:30:00Z", False)
    ]
    mean = next(moved for moved in found["figures"] if moved["key"] == "mttr")
    assert (mean["before"]["value"], mean["after"]["value"]) == (3600.0, 1800.0)
    assert found["policy"] == []


def test_a_committed_item_tells_by_whom_and_until_when_also_where_that_was_proposed(inc: Inc, repo: Repo) -> None:
    item = "{{id: AI-2025-001-1, title: Alert, status: {}, owner: sre, due: 2025-02-01}}"
    repo.commit("2025-01-11T05:10:00Z", {POSTMORTEM: told(item.format("proposed"))})
    repo.commit("2025-01-11T05:20:00Z", {POSTMORTEM: told(item.format("in-progress"))})
    (promise,) = asked(inc, repo, "HEAD~1..HEAD")["promises"]
    assert promise["what"] == "committed"
    assert promise["told"] == ["status proposed → in progress", "owner sre", "due 2025-02-01"]


def test_a_promise_that_says_something_else_is_told(inc: Inc, repo: Repo) -> None:
    item = "{{id: AI-2025-001-1, title: {}, status: not-started, owner: sre, due: 2025-02-01}}"
    for minute, title in enumerate(("Alert on the queue", "Look at the queue"), 10):
        repo.commit(f"2025-01-11T05:{minute}:00Z", {POSTMORTEM: told(item.format(title))})
    (promise,) = asked(inc, repo, "HEAD~1..HEAD")["promises"]
    assert (promise["title"], promise["what"]) == ("Look at the queue", "changed")
    assert promise["told"] == ["title was: Alert on the queue"]


def test_words_and_levels_of_a_promise_that_change_are_told(inc: Inc, repo: Repo) -> None:
    bound = "{id: AI-2025-001-1, title: Alert on the queue, status: not-started, owner: sre, due: 2025-02-01"
    for day, more in (
        (6, "description: When it grows"),
        (7, f"description: {'When it stands still. ' * 20}, disclosure: internal"),
    ):
        repo.commit(f"2025-01-11T05:{day:02}:00Z", {POSTMORTEM: told(f"{bound}, {more}}}")})
    (promise,) = asked(inc, repo, "HEAD~1..HEAD")["promises"]
    assert (promise["what"], len(promise["told"])) == ("changed", 2), promise
    assert promise["told"][0] == "disclosure internal"
    assert promise["told"][1].startswith("description: When it stands still. When")
    assert len(promise["told"][1]) == len("description: ") + 200
    repo.commit("2025-01-11T05:08:00Z", {POSTMORTEM: told(f"{bound}, disclosure: internal}}")})
    assert asked(inc, repo, "HEAD~1..HEAD")["promises"][0]["told"] == ["description taken out"]


def test_words_that_no_figure_reads_are_changes_all_the_same(inc: Inc, repo: Repo) -> None:
    timeline = [{"id": "t1", "at": "2025-01-10T00:01:00Z", "kind": "alert", "text": "It is slow"}]
    text = (repo.base / POSTMORTEM).read_text(encoding="utf-8")
    repo.commit("2025-01-11T05:40:00Z", {RECORD: incident(1, timeline=timeline)})
    timeline[0]["text"] = "It stands still"
    repo.commit(
        "2025-01-11T05:50:00Z", {RECORD: incident(1, timeline=timeline), POSTMORTEM: f"{text}\nIt stood still.\n"}
    )
    record, postmortem = asked(inc, repo, "HEAD~1..HEAD")["edits"]
    assert [(fact["path"], fact["after"]) for fact in record["facts"]] == [("timeline[t1].text", "It stands still")]
    assert (record["prose"], postmortem["facts"], postmortem["prose"]) == (False, [], True)
    shown = inc("pr-summary", "HEAD~1..HEAD", *AS_OF, "--markdown", root=repo.base).out
    assert f"- **{POSTMORTEM}** changed: post-mortem of INC-2025-001, draft\n  - its prose\n" in shown
    narrow = asked(inc, repo, "HEAD~1..HEAD", "--audience", "public")
    assert narrow["edits"] == [], "of what the public does not see it is told nothing"


@pytest.mark.parametrize("audience", ["restricted", "public"])
def test_what_both_states_hold_is_read_once_and_then_kept(
    inc: Inc, repo: Repo, audience: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"{told('{id: AI-2025-001-1, title: Alert, status: proposed}')}\nIt stood still.\n"
    shown = {**POLICY, RECORD: incident(1, disclosure="public"), POSTMORTEM: text}
    repo.commit("2025-01-11T05:40:00Z", shown)
    repo.commit("2025-01-11T05:50:00Z", {POSTMORTEM: f"{text}\nFor a day.\n"})
    parsed: list[str] = []
    whole = loading._parsed

    def noted(content: loading.Content, *more: Any) -> Any:
        parsed.append(content.path)
        return whole(content, *more)

    monkeypatch.setattr(loading, "_parsed", noted)
    first = asked(inc, repo, "HEAD~1..HEAD", "--audience", audience)
    assert sorted(parsed) == sorted([*shown, "policy/knowledge-base.yml", POSTMORTEM]), (
        "only what differs is read twice"
    )
    parsed.clear()
    assert asked(inc, repo, "HEAD~1..HEAD", "--audience", audience) == first
    assert parsed == [], "nothing has changed, so no file is read"
    assert [(edit["record"], edit["facts"], edit["prose"]) for edit in first["edits"]] == [(POSTMORTEM, [], True)]


def test_a_file_that_only_moved_is_one_line_and_takes_no_promise_away(inc: Inc, repo: Repo) -> None:
    for old, new in ((RECORD, "incidents/2025/INC-2025-001-queue.yml"), (POSTMORTEM, "postmortems/queue.md")):
        (repo.base / new).parent.mkdir(exist_ok=True)
        repo.git("mv", old, new)
    repo.commit("2025-01-11T05:30:00Z", {})
    found = asked(inc, repo, "HEAD~1..HEAD")
    assert [(edit["record"], edit["what"], edit["facts"]) for edit in found["edits"]] == [
        ("INC-2025-001", "moved", []), ("postmortems/queue.md", "moved", [])
    ]  # fmt: skip
    assert (found["promises"], found["figures"]) == ([], [])


def test_settled_occurrences_of_a_recurring_item(inc: Inc, repo: Repo) -> None:
    item = (
        "{{id: AI-2025-001-1, title: Drill, status: scheduled, owner: sre, due: 2024-12-02, recurrence: FREQ=WEEKLY,"
        " occurrences: [{}]}}"
    )
    first, second = "{due: 2024-12-02, completed: 2024-12-03}", "{due: 2024-12-09, reason: The cluster was away}"
    for at, settled in (("10", first), ("20", f"{first}, {second}"), ("30", second)):
        repo.commit(f"2025-01-11T05:{at}:00Z", {POSTMORTEM: told(item.format(settled))})
    found = asked(inc, repo, "HEAD~2..HEAD~1")["promises"]
    assert [(promise["what"], promise["told"]) for promise in found] == [
        ("changed", ["due 2024-12-09 → 2024-12-16", "occurrence of 2024-12-09 left out: The cluster was away"])
    ]
    (undone,) = asked(inc, repo, "HEAD~1..HEAD")["promises"]
    assert undone["told"] == ["due 2024-12-16 → 2024-12-02", "occurrence of 2024-12-02 owed again"]


def test_a_changed_policy_is_held_against_the_past(inc: Inc, repo: Repo) -> None:
    shorter = str(POLICY["policy/severities.yml"]).replace("postmortem_within: 48h", "postmortem_within: 1h")
    repo.commit("2025-01-11T05:30:00Z", {"policy/severities.yml": shorter})
    found = asked(inc, repo)
    assert found["policy"], "the post-mortem is late by the new policy"
    assert found["clocks"][0]["late"]


def test_nothing_is_changed(inc: Inc, repo: Repo) -> None:
    result = inc("pr-summary", "HEAD..HEAD", *AS_OF, "--markdown", root=repo.base)
    assert "No record, post-mortem, playbook or policy is changed." in result.out
    assert "No figure of this window reads otherwise." in result.out


def test_what_is_not_committed_counts_too(inc: Inc, repo: Repo) -> None:
    (repo.base / RECORD).unlink()
    assert ("INC-2025-001", "removed") in [(edit["record"], edit["what"]) for edit in asked(inc, repo)["edits"]]


def test_the_public_is_told_of_public_records_only(inc: Inc, repo: Repo) -> None:
    result = inc("pr-summary", *AS_OF, "--markdown", "--audience", "public", root=repo.base)
    assert result.status == 0
    assert "INC-2025" not in result.out
    assert "AI-2025" not in result.out


def test_a_title_makes_no_markdown(inc: Inc, repo: Repo) -> None:
    title = "<img src=x> *all* [down](http://x.example)"
    repo.commit("2025-01-11T05:40:00Z", {RECORD: incident(1, title=title)})
    text = inc("pr-summary", *AS_OF, "--markdown", root=repo.base).out
    assert "\\<img src=x\\> \\*all\\* \\[down\\](http" in text
    assert " <img" not in text


def test_a_title_calls_nobody_where_it_becomes_a_comment(inc: Inc, repo: Repo) -> None:
    repo.commit("2025-01-11T05:40:00Z", {RECORD: incident(1, title="Ask @acme/sre")})
    text = inc("pr-summary", *AS_OF, "--markdown", root=repo.base).out
    assert "Ask @\N{WORD JOINER}acme/sre" in text
    assert "@acme" not in text


def test_a_title_steers_no_terminal(inc: Inc, repo: Repo) -> None:
    repo.commit("2025-01-11T05:40:00Z", {RECORD: incident(1, title="A \x1b[31mred\x07 queue\u202e")})
    for form in ([], ["--markdown"]):
        text = inc("pr-summary", *AS_OF, *form, root=repo.base).out
        assert "red" in text
        assert not {"\x1b", "\x07", "\u202e"} & set(text)


def test_outside_git(inc: Inc, tmp_path: Path) -> None:
    (tmp_path / "policy").mkdir()
    (tmp_path / "policy/knowledge-base.yml").write_text("name: Small\ntime_zone: UTC\n", encoding="utf-8")
    result = inc("pr-summary", root=tmp_path)
    assert result.status == 2
    assert result.err.startswith("error: ")
