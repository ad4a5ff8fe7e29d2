"""What was known of all records when: one pass, each change narrowed on both sides, and kept from one run to the next."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

import kb
from commits import Repo
from incidentbook import disclosure, git_command, repository
from incidentbook.chronicle import together
from incidentbook.chronicle.steps import Step
from incidentbook.history import reading
from incidentbook.records.vocabulary import Disclosure
from incidentbook.snapshot.store import Store

ONE, OTHER = "incidents/2025/INC-2025-001.yml", "incidents/2025/INC-2025-002.yml"
CANARY = "canary-5f1c"


def told(
    root: Path, reader: Disclosure = Disclosure.PUBLIC, memo: Any = None, now: dt.datetime | None = None
) -> dict[str, list[Step]]:
    repo = repository.load(root)
    arguments = (repo, disclosure.view(repo, reader), reader, reading.past(root), repo.now(now))
    return together.of_view(*arguments, memo) if memo else together.of_view(*arguments)


def days(steps: list[Step]) -> list[int]:
    return [step.known_at.day for step in steps]


def paths(step: Step) -> list[str]:
    return [change.path for change in step.touches[0].differences]


def record(**more: Any) -> kb.Plain:
    return kb.incident(**({"disclosure": "public"} | more))


def entry(name: str, text: str, **more: Any) -> kb.Plain:
    return {"id": name, "at": "2025-01-10T00:05:00Z", "text": text} | more


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Return a repository whose record was public, then got an internal entry, then changed its severity."""
    repo = Repo.new(tmp_path / "kb")
    repo.commit("2025-01-10T00:00:00Z", {ONE: record(severity="sev3"), OTHER: record(number=2)})
    hidden = entry("t1", CANARY, disclosure="internal")
    repo.commit("2025-01-11T00:00:00Z", {ONE: record(severity="sev3", timeline=[hidden])}, CANARY)
    repo.commit("2025-01-12T00:00:00Z", {ONE: record(severity="sev1", timeline=[hidden])})
    return repo


def test_a_change_of_what_is_hidden_is_not_told_not_even_its_day(repo: Repo) -> None:
    found = told(repo.root)
    assert days(found[ONE]) == [10, 12]
    assert CANARY not in repr(found)
    assert days(told(repo.root, Disclosure.INTERNAL)[ONE]) == [10, 11, 12]


def test_a_change_says_what_it_was_and_is(repo: Repo) -> None:
    (change,) = told(repo.root)[ONE][-1].touches[0].differences
    assert (change.path, change.before, change.after) == ("severity", "sev3", "sev1")


def test_a_record_of_one_version_is_told_without_reading_it(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    (step,) = told(repo.root)[OTHER]
    assert (step.known_at.day, step.touches[0].differences) == (10, ())
    repo.commit("2025-01-13T00:00:00Z", {ONE: None})
    monkeypatch.setattr(git_command.Contents, "get", lambda *_: pytest.fail("Git was asked"))
    assert list(told(repo.root)) == [OTHER]


def test_what_is_changed_and_not_committed_is_read_after_all(repo: Repo) -> None:
    (repo.root / OTHER).write_text((repo.root / OTHER).read_text() + "\n# more\n")
    (step,) = told(repo.root)[OTHER]
    assert "severity" in paths(step)


def test_a_record_that_was_hidden_begins_when_it_was_shown(repo: Repo) -> None:
    repo.commit("2025-01-13T00:00:00Z", {OTHER: record(number=2, disclosure="restricted", summary=CANARY)})
    assert OTHER not in told(repo.root)
    repo.commit("2025-01-14T00:00:00Z", {OTHER: record(number=2, disclosure="public")})
    found = told(repo.root)
    assert 13 not in days(found[OTHER])
    assert CANARY not in repr(found)


def test_a_field_that_is_hidden_now_is_not_told_of_earlier_versions(repo: Repo) -> None:
    repo.commit("2025-01-13T00:00:00Z", {OTHER: record(number=2, resolution=CANARY)})
    assert CANARY in repr(told(repo.root)[OTHER])
    repo.commit("2025-01-14T00:00:00Z", {OTHER: record(number=2, field_disclosure={"resolution": "internal"})})
    assert CANARY not in repr(told(repo.root))


def test_another_record_that_had_the_file_is_not_part_of_it(repo: Repo) -> None:
    repo.commit("2025-01-13T00:00:00Z", {OTHER: record(number=7, title="Another")})
    repo.commit("2025-01-14T00:00:00Z", {OTHER: record(number=2, title="Third")})
    assert days(told(repo.root)[OTHER]) == [14]


def test_what_is_kept_is_what_would_be_found_and_nothing_is_read_again(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.of(repo.root) as memo:
        first = told(repo.root, memo=memo)
        assert first == told(repo.root)
        monkeypatch.setattr(git_command.Contents, "get", lambda *_: pytest.fail("Git was asked"))
        assert told(repo.root, memo=memo) == first


def test_what_is_kept_does_not_outlive_what_it_was_shown_by(repo: Repo) -> None:
    """A link to a record that is hidden from now on is not told any more, though neither version nor record has changed."""
    linked = record(severity="sev2", links={"related": ["INC-2025-002"]})
    repo.commit("2025-01-13T00:00:00Z", {ONE: linked})
    with Store.of(repo.root) as memo:
        assert "INC-2025-002" in repr(told(repo.root, memo=memo)[ONE])
        repo.commit("2025-01-14T00:00:00Z", {OTHER: record(number=2, disclosure="restricted")})
        assert "INC-2025-002" not in repr(told(repo.root, memo=memo)[ONE])
        assert told(repo.root, memo=memo) == told(repo.root)


def test_nobody_is_named_and_no_word_of_a_commit_is_told(repo: Repo) -> None:
    found = told(repo.root, Disclosure.RESTRICTED)
    assert "Responders" not in repr(found)
    assert {step.subject for steps in found.values() for step in steps} == {""}


def test_what_was_committed_later_is_not_told(repo: Repo) -> None:
    assert days(told(repo.root)[ONE]) == [10, 12]
    assert days(told(repo.root, now=kb.at("2025-01-11 12:00"))[ONE]) == [10]
