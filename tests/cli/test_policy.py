"""`inc policy diff`: a changed policy in a repository, held against what happened."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from commits import Repo
from kb import ROOT, Inc, Plain, change, incident

SEVERITIES = (ROOT / "policy" / "severities.yml").read_text(encoding="utf-8")
STRICTER = SEVERITIES.replace("at_least: 50}", "at_least: 30}").replace("acknowledge: 10m,", "acknowledge: 5m,")


def hit(number: int, share: float, started: str, **more: Any) -> dict[str, object]:
    times = {"started": started, "acknowledged": f"{started[:14]}08:00Z", "resolved": f"{started[:11]}02:00:00Z"}
    plain = incident(
        number,
        started,
        milestones=times,
        classification={"customers_affected_pct": share},
        **{"disclosure": "public"} | more,
    )
    return {f"incidents/2025/{plain['id']}.yml": plain}


@pytest.fixture
def book(tmp_path: Path) -> Repo:
    """Three incidents under a policy on main; a branch with a stricter policy, and one more incident."""
    repo = Repo.new(tmp_path / "book")
    two = {**hit(1, 60, "2025-01-10T00:00:00Z", severity="sev1"), **hit(2, 40, "2025-01-12T00:00:00Z")}
    repo.commit("2025-02-01T08:00:00Z", {"policy/severities.yml": SEVERITIES, **two}, "Two incidents")
    repo.git("checkout", "--quiet", "-b", "stricter")
    secret = hit(3, 35, "2025-01-14T00:00:00Z", disclosure="restricted")
    repo.commit("2025-02-02T08:00:00Z", {"policy/severities.yml": STRICTER, **secret}, "Ask for more")
    return repo


def told(inc: Inc, repo: Repo, *arguments: str) -> Any:
    return json.loads(inc("policy", "diff", *arguments, "--json", root=repo.base).out)


def otherwise(found: Any, concern: str = "matrix") -> list[str]:
    (one,) = (item for item in found["concerns"] if item["concern"] == concern)
    return [item["incident"] for item in one["reclassified"]]


def lasting(text: str) -> str:
    """Return what is said, whatever commits are called and however many figures there are."""
    return re.sub(r"figures \(\d+\)", "figures (SOME)", re.sub(r"\b[0-9a-f]{7}\b", "COMMIT7", text))


def test_in_words(book: Repo, inc: Inc, golden: Callable[[str, str], None]) -> None:
    result = inc("policy", "diff", "main..stricter", root=book.base)
    assert (result.status, result.err) == (0, "")
    golden("policy/diff.txt", lasting(result.out))
    assert max(map(len, result.out.splitlines())) <= 80


def test_as_markdown(book: Repo, inc: Inc, golden: Callable[[str, str], None]) -> None:
    result = inc("policy", "diff", "main..stricter", "--markdown", root=book.base)
    golden("policy/diff.md", lasting(result.out))


def test_without_a_word_it_is_what_the_branch_brings(book: Repo, inc: Inc) -> None:
    found = told(inc, book)
    assert found["base"]["how"] == "where HEAD left main"
    assert found["head"]["working_tree"] is True
    assert otherwise(found) == ["INC-2025-002", "INC-2025-003"]


def test_what_is_not_committed(book: Repo, inc: Inc) -> None:
    assert told(inc, book, "HEAD")["changed_policies"] == []
    change(book.base, "policy/severities.yml", "at_least: 30}", "at_least: 38}")
    assert otherwise(told(inc, book, "HEAD")) == ["INC-2025-003"]


def test_the_records_are_those_of_head(book: Repo, inc: Inc) -> None:
    assert otherwise(told(inc, book, "stricter..main")) == ["INC-2025-002"]
    assert otherwise(told(inc, book, "main..stricter")) == ["INC-2025-002", "INC-2025-003"]


def test_a_date_is_the_last_commit_until_then(book: Repo, inc: Inc) -> None:
    assert otherwise(told(inc, book, "2025-02-01..HEAD")) == ["INC-2025-002", "INC-2025-003"]


def test_fail_says_that_something_is_judged_otherwise(book: Repo, inc: Inc) -> None:
    assert inc("policy", "diff", "main..stricter", "--fail", root=book.base).status == 1
    assert inc("policy", "diff", "main..main", "--fail", root=book.base).status == 0


def test_no_policy_changed(book: Repo, inc: Inc) -> None:
    change(book.base, "policy/severities.yml", "effective_from", "# only a remark\neffective_from")
    for call in (("HEAD",), ("HEAD", "--markdown")):
        result = inc("policy", "diff", *call, root=book.base)
        assert "No policy has changed, so nothing of the past is judged otherwise." in result.out
        assert result.status == 0


def test_a_public_reader_is_told_of_public_incidents_only(book: Repo, inc: Inc) -> None:
    assert otherwise(told(inc, book, "--audience", "public")) == ["INC-2025-002"]
    for form in ((), ("--markdown",), ("--json",)):
        assert "INC-2025-003" not in inc("policy", "diff", "--audience", "public", *form, root=book.base).out


def test_a_policy_that_holds_from_tomorrow_on(book: Repo, inc: Inc) -> None:
    change(book.base, "policy/severities.yml", "effective_from: 2022-07-01", "effective_from: 2025-03-01")
    result = inc("policy", "diff", "main", "--fail", root=book.base)
    assert result.status == 0
    said = " ".join(result.out.split())
    assert "2025-03-01 instead of 2022-07-01: 3 past incidents are no longer judged by it" in said
    assert "had it held then: 2 of 3 past incidents would be SEV-1 instead of SEV-2" in said


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (
            SEVERITIES.replace("at_least: 50}", "at_least: many}"),
            "policy/severities.yml:10: `at_least` has to be a number, and it is the text `many`",
        ),
        (SEVERITIES.replace("severities:\n", "severites:\n"), "policy/severities.yml:"),
        ("{", "policy/severities.yml:1: "),
    ],
)
def test_an_invalid_policy_at_either_end(book: Repo, inc: Inc, bad: str, said: str) -> None:
    book.commit("2025-02-03T08:00:00Z", {"policy/severities.yml": bad})
    for ends, where in (
        ("main..HEAD", r"HEAD \([0-9a-f]{7}\)"),
        ("HEAD..main", r"BASE \([0-9a-f]{7}\)"),
        ("main", "the working tree"),
    ):
        result = inc("policy", "diff", ends, root=book.base)
        assert (result.status, result.out) == (1, "")
        error = next(line for line in result.err.splitlines() if line.startswith("error: "))
        assert re.match(rf"error: A policy of {where} is not valid, so nothing can be judged by it: ", error)
        assert said in error


def test_ends_that_are_not_there(book: Repo, inc: Inc) -> None:
    result = inc("policy", "diff", "nowhere", root=book.base)
    assert (result.status, result.err.splitlines()[0][:36]) == (2, "error: There is no commit 'nowhere' ")


def test_a_base_from_before_the_knowledge_base(book: Repo, inc: Inc) -> None:
    book.git("checkout", "--quiet", "--orphan", "empty")
    book.git("rm", "-rq", "--cached", ".")
    book.git("commit", "--quiet", "--allow-empty", "--message", "Nothing yet")
    result = inc("policy", "diff", "empty", root=book.base)
    assert result.status == 2
    assert "There was no knowledge base here in commit" in result.err


def test_in_a_folder_of_a_larger_repository(tmp_path: Path, inc: Inc) -> None:
    repo = Repo.new(tmp_path / "mono", below="ops/book")
    repo.commit("2025-02-01T08:00:00Z", {"policy/severities.yml": SEVERITIES, **hit(1, 40, "2025-01-12T00:00:00Z")})
    repo.commit("2025-02-02T08:00:00Z", {"policy/severities.yml": STRICTER})
    assert otherwise(told(inc, repo, "HEAD~1..HEAD")) == ["INC-2025-001"]


def test_a_record_may_not_write_markup_into_a_comment(book: Repo, inc: Inc) -> None:
    name: Plain = {"name": "<img src=x> | [a](b) `c`", "team": "t", "slo": {"availability": 99.0, "window": "30d"}}
    for day, asked in (("03", 99.0), ("04", 99.99)):
        name["slo"] = {"availability": asked, "window": "30d"}
        impact = {
            "phases": [{"id": "p", "level": "outage", "from": "2025-01-10T00:00:00Z", "to": "2025-01-10T02:00:00Z"}]
        }
        files = {"policy/services.yml": {"effective_from": "2024-01-01", "services": {"api": name}}}
        book.commit(f"2025-02-{day}T08:00:00Z", {**files, **hit(1, 60, "2025-01-10T00:00:00Z", impact=impact)})
    out = inc("policy", "diff", "HEAD~1..HEAD", "--markdown", root=book.base).out
    assert r"\<img src=x\> \| \[a\](b) \`c\`, 2025-01" in out
    assert "<img" not in out.replace(r"\<img", "")


@pytest.mark.parametrize("audience", ["restricted", "public"])
def test_a_call_that_only_a_text_shows_is_seen(book: Repo, inc: Inc, audience: str) -> None:
    called = {
        "id": "t",
        "at": "2025-01-10T00:07:00Z",
        "kind": "note",
        "text": "Rang the executive team",
        "disclosure": "public",
    }
    records = {
        **hit(1, 60, "2025-01-10T00:00:00Z", timeline=[called]),
        **hit(2, 60, "2025-01-12T00:00:00Z", timeline=[{**called, "text": "Rang nobody"}]),
    }
    ladder = "effective_from: 2024-01-01\nescalation:\n  sev2: [{after: 10m, notify: executive-team, by: phone}]\n"
    book.commit("2025-02-03T08:00:00Z", {"policy/escalation.yml": ladder, **records})
    book.commit("2025-02-04T08:00:00Z", {"policy/escalation.yml": ladder.replace("10m", "5m")})
    found = told(inc, book, "HEAD~1..HEAD", "--audience", audience)
    assert otherwise(found, "escalation") == ["INC-2025-002", *(["INC-2025-003"] if audience == "restricted" else [])]
    (ladders,) = (item for item in found["concerns"] if item["concern"] == "escalation")
    assert not any(item["certain"] for item in ladders["reclassified"]), "that nothing shows a call is not certain"


def test_of_many_only_some_are_shown(book: Repo, inc: Inc) -> None:
    many = [hit(number, 40, f"2025-01-{number % 28 + 1:02}T00:00:00Z") for number in range(10, 70)]
    strict = STRICTER
    for name in (
        "mitigate: 1h",
        "mitigate: 2h",
        "mitigate: 8h",
        "resolve: 4h",
        "resolve: 8h",
        "resolve: 3d",
        "resolve: 14d",
    ):
        strict = strict.replace(f"{name},", f"{name[:-1]}0{name[-1]},")
    files = {path: plain for one in many for path, plain in one.items()}
    book.commit("2025-02-03T08:00:00Z", {"policy/severities.yml": strict, **files})
    shown = inc("policy", "diff", "main", root=book.base).out
    assert "  and 1 more: --json has all" in shown  # of nine facts that changed
    assert "and 42 more: --json has all" in shown  # of 62 incidents
    assert "and 12 more: `--json` has all" in inc("policy", "diff", "main", "--markdown", root=book.base).out
    assert len(otherwise(told(inc, book, "main"))) == 62


def test_what_only_the_day_keeps_back_is_folded_away(book: Repo, inc: Inc) -> None:
    change(book.base, "policy/severities.yml", "effective_from: 2022-07-01", "effective_from: 2025-03-01")
    out = inc("policy", "diff", "main", "--markdown", root=book.base).out
    assert "**No answer about the past would differ; 4 more, had the policies held earlier.**" in out
    assert "<details><summary>What would be, had it held before 2025-03-01 (2)</summary>" in out


def test_a_public_reader_is_not_told_what_policies_say(book: Repo, inc: Inc) -> None:
    loud = STRICTER + "x-pager: call 0800 1234\n"
    book.commit("2025-02-03T08:00:00Z", {"policy/severities.yml": loud})
    call = ("policy", "diff", "main..HEAD", "--audience")
    assert "0800 1234" in inc(*call, "restricted", root=book.base).out
    for form in ((), ("--json",), ("--markdown",)):
        result = inc(*call, "public", *form, root=book.base)
        assert "0800" not in result.out
        assert "policy/severities.yml" in result.out
