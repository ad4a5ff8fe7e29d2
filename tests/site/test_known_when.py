"""What was known when, on the page of an incident: told from Git, narrowed to the audience, and folded."""

from __future__ import annotations

from pathlib import Path

import pytest

import kb
from commits import Repo
from incidentbook import repository
from incidentbook.history import reading
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import pages_of, prepare

CANARY = "canary-9e0d"
RECORD = "incidents/2025/INC-2025-001.yml"


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a record that got worse, got a restricted entry, and was resolved, in a commit each."""
    repo = Repo.new(tmp_path / "kb")
    plain = kb.incident(disclosure="public", severity="sev3", status="investigating", timeline=[])
    plain["milestones"] = {"started": "2025-01-10T00:00:00Z"}
    repo.commit("2025-01-10T00:10:00Z", {RECORD: plain})
    repo.commit("2025-01-10T00:20:00Z", {RECORD: plain | {"severity": "sev1"}}, CANARY)
    hidden = {"id": "t1", "at": "2025-01-10T00:25:00Z", "text": CANARY, "disclosure": "restricted"}
    repo.commit("2025-01-10T00:30:00Z", {RECORD: plain | {"severity": "sev1", "timeline": [hidden]}})
    over = {"started": "2025-01-10T00:00:00Z", "resolved": "2025-01-10T01:00:00Z"}
    shown = [hidden, *({"id": f"t{n}", "at": "2025-01-10T00:40:00Z", "text": "x"} for n in (2, 3))]
    last = plain | {"severity": "sev1", "status": "resolved", "milestones": over, "timeline": shown}
    repo.commit("2025-01-10T01:05:00Z", {RECORD: last})
    return repo


def page(repo: Repo, reader: Disclosure) -> str:
    past = reading.past(repo.root)
    made = pages_of(prepare(repository.load(repo.root), kb.at("2025-01-15"), reader, past=past))
    return next(item.content for item in made if item.path == "incidents/INC-2025-001.md")


def test_each_commit_says_what_it_changed(repo: Repo) -> None:
    told = page(repo, Disclosure.PUBLIC).partition("## History")[2]
    assert "<summary>3 commits changed this record</summary>" in told
    assert "First written <time>2025-01-10 00:10 UTC</time>" in told
    assert "<li>Severity: sev3 \N{RIGHTWARDS ARROW} sev1</li>" in told
    assert "<li>Resolved: 2025-01-10T01:00:00Z</li>" in told
    assert "<li>2 timeline entries added</li>" in told


def test_the_public_learns_neither_of_a_restricted_change_nor_of_its_time(repo: Repo) -> None:
    assert "<time>2025-01-10 00:30 UTC</time>" in page(repo, Disclosure.RESTRICTED)
    assert CANARY in page(repo, Disclosure.RESTRICTED)
    told = page(repo, Disclosure.PUBLIC)
    assert "00:30 UTC" not in told
    assert CANARY not in told


def test_a_commit_message_is_nowhere(repo: Repo) -> None:
    assert page(repo, Disclosure.RESTRICTED).count(CANARY) == 1  # the entry itself


def test_a_record_that_never_changed_says_so(tmp_path: Path) -> None:
    repo = Repo.new(tmp_path / "kb")
    repo.commit("2025-01-10T02:00:00Z", {RECORD: kb.incident(disclosure="public")})
    assert "Written down <time>2025-01-10 02:00 UTC</time>" in page(repo, Disclosure.PUBLIC)
    assert "and not changed since" in page(repo, Disclosure.PUBLIC)
