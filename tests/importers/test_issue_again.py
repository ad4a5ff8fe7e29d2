"""An issue that is imported, edited, and imported again, into a knowledge base on disk."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from issues import ANSWERS, body, event
from kb import Inc, change

RECORD = "incidents/2025/INC-2025-001.yml"
SLOWER = "Checkout takes a minute."
Bring = Callable[..., dict[str, Any]]


@pytest.fixture
def hand(tmp_path: Path) -> Callable[..., str]:
    """Write an event to a file and return its path."""

    def write(answers: dict[str, str] | None = None, **more: Any) -> str:
        path = tmp_path / "event.json"
        path.write_text(json.dumps(event(text=body(ANSWERS | (answers or {})), **more)), encoding="utf-8")
        return str(path)

    return write


def outcome(report: dict[str, Any]) -> tuple[str, str]:
    (result,) = report["results"]
    return result["outcome"], result["incident"]


def test_the_record_is_valid_and_the_same_issue_changes_nothing(
    bring: Bring, hand: Callable[..., str], base: Path, inc: Inc
) -> None:
    assert outcome(bring("github-issue", hand())) == ("imported", "INC-2025-001")
    text = (base / RECORD).read_bytes()
    assert inc("check", "--format", "concise", RECORD, root=base).out == ""
    assert outcome(bring("github-issue", hand())) == ("unchanged", "INC-2025-001")
    assert (base / RECORD).read_bytes() == text


def test_an_edited_issue_updates_the_record_that_nobody_touched(
    bring: Bring, hand: Callable[..., str], base: Path
) -> None:
    bring("github-issue", hand())
    later = hand({"What happened": SLOWER, "Severity": "sev1"}, updated_at="2025-01-10T09:00:00Z")
    assert outcome(bring("github-issue", later)) == ("updated", "INC-2025-001")
    text = (base / RECORD).read_text(encoding="utf-8")
    assert SLOWER in text
    assert "severity: sev1" in text
    older = bring("github-issue", hand())
    assert older["reasons"] == {"older-than-here": 1}


def test_what_was_edited_here_stays_and_is_named(bring: Bring, hand: Callable[..., str], base: Path) -> None:
    bring("github-issue", hand())
    change(base, RECORD, "severity: sev2", "severity: sev3")
    later = hand({"What happened": SLOWER}, updated_at="2025-01-10T09:00:00Z")
    (result,) = bring("github-issue", later)["results"]
    assert result["kept_as_edited_here"] == ["severity", "summary"]
    text = (base / RECORD).read_text(encoding="utf-8")
    assert "severity: sev3" in text
    assert SLOWER not in text
    assert "2025-01-10T09:00:00Z" in text


def test_another_issue_is_another_incident_and_another_repository_too(bring: Bring, hand: Callable[..., str]) -> None:
    bring("github-issue", hand())
    assert outcome(bring("github-issue", hand(number=13))) == ("imported", "INC-2025-002")
    there = "https://github.example/other/incidents/issues/12"
    assert outcome(bring("github-issue", hand(html_url=there))) == ("imported", "INC-2025-003")


def test_through_a_pipe(inc: Inc, base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(json.dumps(event()).encode()))
    monkeypatch.setattr("sys.stdin", stdin)
    result = inc("import", "github-issue", "-", root=base)
    assert result.status == 0, result.err
    assert (base / RECORD).is_file()


def test_hostile_answers_make_a_valid_record(bring: Bring, hand: Callable[..., str], base: Path, inc: Inc) -> None:
    pasted = "$(touch x) `touch y` ${{ github.token }}\n---\n- !!python/object\n\x07\u202e <script>alert(1)</script>"
    report = bring("github-issue", hand({"What happened": pasted}, title="a: b # c\n\x1b[31m"))
    assert outcome(report) == ("imported", "INC-2025-001")
    assert "error" not in inc("check", RECORD, root=base).out
    assert outcome(bring("github-issue", hand({"What happened": pasted}, title="a: b # c\n\x1b[31m")))[0] == "unchanged"
