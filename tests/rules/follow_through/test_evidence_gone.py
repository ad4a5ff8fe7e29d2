"""IB606: evidence that can be looked at."""

from __future__ import annotations

from collections.abc import Callable

import pytest

PATH = "postmortems/2025/INC-2025-001.md"
RECORD = "incidents/2025/INC-2025-001.yml"
Said = Callable[..., list[str]]
Base = Callable[..., str]


@pytest.fixture
def proven(base: Base) -> Callable[..., dict[str, str]]:
    def files(*refs: str) -> dict[str, str]:
        pieces = ", ".join(f"{{kind: document, ref: '{ref}'}}" for ref in refs)
        done = f"status: done\n    completed: 2025-02-01\n    evidence: [{pieces}]"
        return {PATH: base(PATH, "status: in-progress", done)}

    return files


def test_a_file_that_is_gone(said: Said, proven: Callable[[str], dict[str, str]]) -> None:
    (found,) = said(proven("playbooks/availability/database-failovr.md"))
    assert found == (
        f"{PATH}:12:38 IB606 There is no `playbooks/availability/database-failovr.md` in the repository; "
        "did you mean `playbooks/availability/database-failover.md`?"
    )


def test_each_reference_is_looked_at(said: Said, proven: Callable[..., dict[str, str]]) -> None:
    (found,) = said(proven("7be41c0", "policy/severities.yml", "policy/gone.yml"))
    assert "`policy/gone.yml`" in found


def test_in_an_investigation(said: Said, base: Base) -> None:
    (found,) = said({RECORD: base(RECORD, "{id: e1, kind: log,", "{id: e1, kind: log, ref: ./logs/failover.txt,")})
    assert found.endswith("IB606 There is no `logs/failover.txt` in the repository")


@pytest.mark.parametrize(
    "ref",
    [
        "playbooks/availability/database-failover.md",
        "./playbooks/availability/database-failover.md#steps",
        "playbooks/availability/database-failover.md#step#2",
        "./../runbooks/failover.md",
        "policy/severities.yml",
        "tests/every_queue_has_a_limit.py",
        "https://git.example/alerts/commit/7be41c0",
        "7be41c0",
        "policy/severities.yml and the talk of Monday",
    ],
)
def test_what_is_there_or_elsewhere(said: Said, proven: Callable[[str], dict[str, str]], ref: str) -> None:
    assert said(proven(ref)) == []
