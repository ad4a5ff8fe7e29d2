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
