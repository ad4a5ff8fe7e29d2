"""`inc metrics restate`: a reported quarter, the edits made since, and what each of them did to it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from commits import Repo
from kb import ROOT, Inc, Plain, incident

POLICY = {
    f"policy/{name}.yml": (ROOT / "policy" / f"{name}.yml").read_text(encoding="utf-8")
    for name in ("metrics", "severities")
}
LATER = {"milestones": {"started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T03:00:00Z"}}


def file(plain: Plain) -> dict[str, object]:
    return {f"incidents/2025/{plain['id']}.yml": plain}


@pytest.fixture
def reported(tmp_path: Path) -> Repo:
    """Q1 as reported on the first of April, and four commits since; the last edit is not committed."""
    repo = Repo.new(tmp_path / "book")
    two = {**file(incident(1)), **file(incident(2, "2025-02-10T00:00:00Z"))}
    repo.commit("2025-04-01T08:00:00Z", {**POLICY, **two}, "Report the first quarter")
    repo.commit("2025-04-03T08:00:00Z", file(incident(1, **LATER)), "The end was noted two hours early")
    repo.commit(
        "2025-04-04T08:00:00Z", file(incident(3, "2025-03-05T00:00:00Z", severity="sev1")), "Add what nobody wrote down"
    )
    repo.commit("2025-04-05T08:00:00Z", file(incident(4, "2025-04-04T00:00:00Z")), "A new one")
    repo.commit("2025-04-06T08:00:00Z", file(incident(2, "2025-02-10T00:00:00Z", title="Slow")), "Mend a title")
    (repo.base / "incidents/2025/INC-2025-003.yml").write_text(
        (repo.base / "incidents/2025/INC-2025-003.yml").read_text().replace("sev1", "sev2"), encoding="utf-8"
    )
    return repo


def test_in_words(reported: Repo, inc: Inc, golden: Callable[[str, str], None]) -> None:
    result = inc("metrics", "restate", "--since", "2025-04-01", "--period", "2025-Q1", root=reported.base)
    assert result.status == 0, result.err
    golden("metrics/restate.txt", re.sub(r"\b[0-9a-f]{7}\b", "COMMIT7", result.out))


def test_between_two_commits(reported: Repo, inc: Inc) -> None:
    call = ("metrics", "restate", "--since", "HEAD~4", "--rev", "HEAD~3", "--period", "2025-Q1", "--json")
    told = json.loads(inc(*call, root=reported.base).out)
    (window,) = told["restatements"]
    assert told["edits"] == 1
    assert [(edit["record"], edit["what"]) for edit in window["edits"]] == [("INC-2025-001", "changed")]
    assert window["edits"][0]["facts"] == [
        {"path": "milestones.resolved", "before": "2025-01-10T01:00:00Z", "after": "03:00:00Z"}
    ]
    assert [commit["subject"] for commit in window["edits"][0]["commits"]] == ["The end was noted two hours early"]
    mean = next(item for item in window["moved"] if item["name"].startswith("Mean time to resolve"))
    assert (mean["before"]["value"], mean["after"]["value"]) == (3600.0, 7200.0)


def test_a_public_reader_is_told_of_public_records_only(reported: Repo, inc: Inc) -> None:
    call = ("metrics", "restate", "--since", "2025-04-01", "--period", "2025-Q1", "--audience", "public")
    result = inc(*call, root=reported.base)
    assert "INC-2025" not in result.out
    assert "No figure has moved." in result.out


def test_nothing_since(reported: Repo, inc: Inc) -> None:
    result = inc("metrics", "restate", "--since", "HEAD", "--rev", "HEAD", "--period", "2025-Q1", root=reported.base)
    assert "No figure has moved." in result.out
    assert result.status == 0


def test_no_such_state(reported: Repo, inc: Inc) -> None:
    result = inc("metrics", "restate", "--since", "2024-01-01", root=reported.base)
    assert (result.status, result.err.splitlines()[0]) == (2, "error: There is no commit until 2024-01-01")


def test_a_public_reader_is_told_no_words_of_commits_and_policies(reported: Repo, inc: Inc) -> None:
    open_ = incident(1, **{**LATER, "disclosure": "public"})
    policy = POLICY["policy/metrics.yml"].replace("partial: 0.5", "partial: 0.75")
    reported.commit(
        "2025-04-07T08:00:00Z", {**file(open_), "policy/metrics.yml": policy}, "As the vault of ACME showed"
    )
    call = ("metrics", "restate", "--since", "2025-04-01", "--period", "2025-Q1")
    for form in ((), ("--json",)):
        assert "ACME" in inc(*call, *form, root=reported.base).out
        public = inc(*call, "--audience", "public", *form, root=reported.base)
        assert "INC-2025-001" in public.out
        assert "ACME" not in public.out


@pytest.mark.parametrize("since", ["", "1970-01-01", "0001-01-01"])
def test_what_names_no_commit_is_refused(reported: Repo, inc: Inc, since: str) -> None:
    assert inc("metrics", "restate", "--since", since, root=reported.base).status == 2


ENTRY = {"id": "t1", "at": "2025-01-10T00:05:00Z", "kind": "alert", "text": "Errors rise"}
CALL = ("metrics", "restate", "--since", "2025-04-01", "--period", "2025-Q1")


def written(number: int, **more: object) -> dict[str, object]:
    """Return a record and its post-mortem, as a commit writes them."""
    record = incident(1, timeline=[ENTRY], **more) | {"id": f"INC-2025-{number:03}"}
    item = {"id": "AI-2025-001-1", "title": "Watch it", "status": "proposed"}
    told = {"incidents": [record["id"]], "status": "published", "published": "2025-01-12", "action_items": [item]}
    return {**file(record), f"postmortems/2025/{record['id']}.md": told}


@pytest.fixture
def numbered(tmp_path: Path) -> Repo:
    """A quarter with one incident and its post-mortem, which has another number since."""
    repo = Repo.new(tmp_path / "book")
    repo.commit("2025-04-01T08:00:00Z", {**POLICY, **written(1)}, "Report the first quarter")
    repo.commit("2025-04-02T08:00:00Z", {**dict.fromkeys(written(1)), **written(7)}, "Another number")
    return repo


def test_another_number_moves_no_figure_and_is_said(numbered: Repo, inc: Inc) -> None:
    told = inc(*CALL, root=numbered.base).out
    assert "0 edits since" in told
    assert "Renumbered, which moves no figure: INC-2025-001 → INC-2025-007." in told
    assert "No figure has moved." in told
    plain = json.loads(inc(*CALL, "--json", root=numbered.base).out)
    assert plain["renumbered"] == [{"before": "INC-2025-001", "after": "INC-2025-007"}]


def test_what_else_was_edited_is_one_edit_of_the_renumbered_record(numbered: Repo, inc: Inc) -> None:
    numbered.commit("2025-04-03T08:00:00Z", written(7, **LATER), "The end was noted two hours early")
    plain = json.loads(inc(*CALL, "--json", root=numbered.base).out)
    (edit,) = plain["restatements"][0]["edits"]
    assert (plain["edits"], edit["record"], edit["what"]) == (1, "INC-2025-007", "changed")
    assert [fact["path"] for fact in edit["facts"]] == ["milestones.resolved"]
    assert [commit["subject"] for commit in edit["commits"]][-1] == "The end was noted two hours early"
    assert "Incident count" not in {moved["name"] for moved in plain["restatements"][0]["moved"]}


def test_commits_before_it_got_another_number_are_named(tmp_path: Path, inc: Inc) -> None:
    repo = Repo.new(tmp_path / "book")
    repo.commit("2025-04-01T08:00:00Z", {**POLICY, **written(1)})
    repo.commit("2025-04-02T08:00:00Z", written(1, **LATER), "The end was noted two hours early")
    repo.commit("2025-04-03T08:00:00Z", {**dict.fromkeys(written(1)), **written(7, **LATER)}, "Another number")
    (window,) = json.loads(inc(*CALL, "--json", root=repo.base).out)["restatements"]
    subjects = [commit["subject"] for commit in window["edits"][0]["commits"]]
    assert subjects == ["The end was noted two hours early", "Another number"]


def test_what_reads_the_same_is_not_listed(reported: Repo, inc: Inc) -> None:
    end = {"milestones": {"started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T01:00:01Z"}}
    call = ("metrics", "restate", "--since", "HEAD", "--period", "2025-Q1")
    reported.git("stash", "--quiet")
    reported.git("checkout", "--quiet", "HEAD~4")
    reported.commit("2025-04-01T09:00:00Z", file(incident(1, **end)), "One second")
    told = inc(*call[:3], "HEAD~1", *call[4:], root=reported.base).out
    assert "No figure has moved by as much as shows." in told
    assert re.search(r"\d+ figures have moved by less than shows: --json has them\.", told)
    (window,) = json.loads(inc(*call[:3], "HEAD~1", *call[4:], "--json", root=reported.base).out)["restatements"]
    assert (
        next(item for item in window["moved"] if item["name"].startswith("Mean time to resolve"))["after"]["value"]
        == 3600.5
    )


def test_a_state_on_another_line_is_measured_where_the_lines_part(reported: Repo, inc: Inc) -> None:
    fork = reported.git("rev-parse", "--short", "HEAD~4")
    reported.git("stash", "--quiet")
    reported.git("checkout", "--quiet", "-b", "other", "HEAD~4")
    reported.commit("2025-04-02T08:00:00Z", file(incident(9, "2025-02-11T00:00:00Z")), "Only on the other line")
    reported.git("checkout", "--quiet", "main")
    call = ("metrics", "restate", "--since", "other", "--rev", "main", "--period", "2025-Q1")
    told = " ".join(inc(*call, root=reported.base).out.split())
    assert f"other is not in the past of main: measured from {fork}, where their lines part." in told
    assert "INC-2025-009" not in told
    plain = json.loads(inc(*call, "--json", root=reported.base).out)
    assert (plain["since"], len(plain["notes"])) == (fork, 1)


def test_a_state_that_comes_after_the_other_is_refused(reported: Repo, inc: Inc) -> None:
    result = inc("metrics", "restate", "--since", "HEAD", "--rev", "HEAD~2", root=reported.base)
    assert (result.status, result.out) == (2, "")
    assert "HEAD comes after HEAD~2, so nothing can have moved since" in result.err


def test_a_state_without_a_common_past_is_refused(reported: Repo, inc: Inc) -> None:
    reported.git("stash", "--quiet")
    reported.git("checkout", "--quiet", "--orphan", "alone")
    reported.commit("2025-04-02T08:00:00Z", {}, "Begin again")
    reported.git("checkout", "--quiet", "main")
    result = inc("metrics", "restate", "--since", "alone", root=reported.base)
    assert (result.status, "alone and what is here have no commit in common" in result.err) == (2, True)


def test_what_was_renumbered_and_then_hidden_is_in_no_state_of_a_public_reader(numbered: Repo, inc: Inc) -> None:
    numbered.git("checkout", "--quiet", "-B", "main", "HEAD~1")
    public = {"disclosure": "public"}
    since = numbered.commit("2025-04-01T09:00:00Z", written(1, **public), "Public")
    call = ("metrics", "restate", "--since", since, "--period", "2025-Q1", "--audience", "public")
    numbered.commit("2025-04-02T08:00:00Z", {**dict.fromkeys(written(1)), **written(7, **public)}, "Another number")
    assert "INC-2025-001 → INC-2025-007" in inc(*call, root=numbered.base).out
    numbered.commit("2025-04-03T08:00:00Z", written(7, disclosure="restricted"), "Hide it")
    told = inc(*call, root=numbered.base).out
    assert "No figure has moved." in told
    assert "INC-2025-00" not in told
