"""The tree of any commit: found by hash, name or date, read from Git's objects, and never checked out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from commits import Repo
from incidentbook.errors import NotFoundError
from incidentbook.repository import Repository
from incidentbook.snapshot import revision
from incidentbook.snapshot.store import Store

KB: dict[str, object] = {"policy/knowledge-base.yml": {"name": "Small", "time_zone": "Europe/Berlin"}}
RECORD = "incidents/2025/INC-2025-001.yml"
BERLIN = ZoneInfo("Europe/Berlin")


def record(severity: str) -> dict[str, object]:
    return {"id": "INC-2025-001", "title": "Checkout fails", "severity": severity, "status": "declared"}


@pytest.fixture(params=["", "ops/book"], ids=["at the top", "in a folder"])
def repo(request: pytest.FixtureRequest, tmp_path: Path) -> Repo:
    """Three commits: a knowledge base, a SEV-3, which became a SEV-1 at half past midnight of the second in Berlin."""
    made = Repo.new(tmp_path / "repo", request.param)
    made.commit("2025-01-01T10:00:00Z", {**KB, "README.md": "no record", "incidents/README.md": "nor this"})
    made.commit("2025-01-01T11:00:00Z", {RECORD: record("sev3")})
    made.commit("2025-01-01T23:30:00Z", {RECORD: record("sev1")})
    return made


def severity(repo: Repo, text: str, store: Store | None = None) -> str:
    at = revision.find(repo.base, text, BERLIN)
    found: Repository = revision.load(repo.base, at, store)
    return ", ".join(str(incident.severity) for incident in found.all_incidents())


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("HEAD", "sev1"),
        ("HEAD~1", "sev3"),
        ("main~2", ""),
        ("2025-01-02", "sev1"),
        ("2025-01-01", "sev3"),  # the day ends in Berlin, an hour before it does in UTC
        ("2025-01-01T23:30:00Z", "sev1"),
        ("2025-01-01T23:29:59Z", "sev3"),
        ("2025-01-01T11:30:00+01:00", ""),
    ],
)
def test_the_tree_as_it_stood(repo: Repo, text: str, want: str) -> None:
    assert severity(repo, text) == want
    with Store.of(repo.base) as store:
        assert severity(repo, text, store) == want
        assert severity(repo, text, store) == want, "from the cache"


def test_the_time_is_the_commits_own(repo: Repo) -> None:
    at = revision.find(repo.base, "HEAD", BERLIN)
    assert at.at == dt.datetime(2025, 1, 1, 23, 30, tzinfo=dt.UTC)
    assert at.commit.startswith(at.short)


@pytest.mark.parametrize(
    ("text", "now"),
    [
        ("2025-01-01", "2025-01-01T23:00:00+00:00"),  # the end of the day in Berlin
        ("2025-01-02T05:00:00+01:00", "2025-01-02T04:00:00+00:00"),
    ],
)
def test_a_date_is_the_time_for_what_it_names(repo: Repo, text: str, now: str) -> None:
    assert revision.find(repo.base, text, BERLIN).at == dt.datetime.fromisoformat(now)


def test_a_day_that_is_not_over_ends_now(repo: Repo) -> None:
    before = dt.datetime.now(dt.UTC).replace(microsecond=0)
    found = revision.find(repo.base, "2999-12-31", BERLIN)
    assert before <= found.at <= dt.datetime.now(dt.UTC)


@pytest.mark.parametrize("wrong", ["2001-01-01T00:00:00Z", "2030-01-01T00:00:00Z"])
def test_a_commit_with_a_wrong_date_stands_where_it_follows(repo: Repo, wrong: str) -> None:
    repo.commit(wrong, {RECORD: record("sev2")})
    repo.commit("2025-01-05T10:00:00Z", {RECORD: record("sev4")})
    assert severity(repo, "2025-01-01") == "sev3"
    assert severity(repo, "2025-01-04") == "sev2", "as old as what it follows, since nobody knows better"
    assert severity(repo, "2025-01-05") == "sev4"


def test_what_the_branch_held_counts_and_not_what_another_did(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "side", "HEAD~1")
    repo.commit("2025-01-03T10:00:00Z", {RECORD: record("sev2")})
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--strategy=ours", "--message", "Merge", "side", at="2025-01-05T10:00:00Z")
    assert severity(repo, "2025-01-04") == "sev1"


def test_what_is_unreadable_stops_nothing(repo: Repo) -> None:
    repo.commit("2025-01-03T10:00:00Z", {"incidents/2025/INC-2025-002.yml": "id: ["})
    at = revision.find(repo.base, "HEAD", BERLIN)
    with Store.of(repo.base) as store:
        found = revision.load(repo.base, at, store)
        assert [entry.path for entry in found.unreadable] == ["incidents/2025/INC-2025-002.yml"]
        assert [item.id for item in found.all_incidents()] == ["INC-2025-001"]


def test_a_link_is_named_and_not_followed(repo: Repo) -> None:
    (repo.base / "incidents/2025/INC-2025-009.yml").symlink_to("/etc/passwd")
    repo.commit("2025-01-03T10:00:00Z", {})
    found = revision.load(repo.base, revision.find(repo.base, "HEAD", BERLIN), None)
    (entry,) = found.unreadable
    assert entry.document.problems[0].message == "This is a link, which is not followed in a commit"


def test_a_document_is_read_on_demand(repo: Repo) -> None:
    with Store.of(repo.base) as store:
        for _ in range(2):
            found = revision.load(repo.base, revision.find(repo.base, "HEAD", BERLIN), store)
            assert "Checkout fails" in found.incidents[0].document.text


@pytest.mark.parametrize("text", ["nowhere", "2024-12-31", "--all", "HEAD:incidents"])
def test_no_such_commit(repo: Repo, text: str) -> None:
    with pytest.raises(NotFoundError, match="There is no commit"):
        revision.find(repo.base, text, BERLIN)


def test_before_there_was_a_knowledge_base(tmp_path: Path) -> None:
    repo = Repo.new(tmp_path / "repo")
    repo.git("commit", "--quiet", "--allow-empty", "--message", "Nothing yet")
    repo.commit("2025-01-02T10:00:00Z", KB)
    with pytest.raises(NotFoundError, match="There was no knowledge base here in commit"):
        revision.load(repo.base, revision.find(repo.base, "HEAD~1", BERLIN), None)


def test_without_git(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="in no Git repository"):
        revision.find(tmp_path, "HEAD", BERLIN)
