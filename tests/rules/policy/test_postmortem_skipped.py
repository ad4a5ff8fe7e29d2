"""IB508: a post-mortem that was skipped, which policy does not allow."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding

PATH = "postmortems/2025/INC-2025-001.md"
RECORD = "incidents/2025/INC-2025-001.yml"
POLICY = "policy/severities.yml"
Said = Callable[..., list[str]]
Base = Callable[..., str]


@pytest.fixture
def skipped(base: Base) -> str:
    return base(PATH, "status: published", "status: skipped\nskip_reason: Same as the one before")


def test_one_that_is_required_may_not_be_skipped(check: Callable[..., list[Finding]], skipped: str) -> None:
    (found,) = check({PATH: skipped})
    assert (found.code, found.span.line, found.span.column) == ("IB508", 3, 9)
    assert found.message == "INC-2025-001 is sev1, and policy lets no post-mortem of such an incident be skipped"
    assert "postmortem_skippable: true" in found.hint
    assert [near.path for near in found.related] == [POLICY]


def test_policy_may_allow_it(said: Said, base: Base, skipped: str) -> None:
    policy = base(POLICY).replace("postmortem: required", "postmortem: required\n    postmortem_skippable: true")
    assert said({PATH: skipped, POLICY: policy}) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("severity: sev1", "severity: sev3"),
        ("disclosure: public", "disclosure: public\nexercise: true"),
        ("disclosure: public", "disclosure: public\nprovenance: {source: statuspage}"),
    ],
)
def test_where_none_is_owed_one_may_be_skipped(said: Said, base: Base, skipped: str, old: str, new: str) -> None:
    assert said({PATH: skipped, RECORD: base(RECORD, old, new)}) == []


def test_of_several_one_is_enough(said: Said, base: Base, skipped: str) -> None:
    second = base(RECORD, "id: INC-2025-001", "id: INC-2025-002").replace("severity: sev1", "severity: sev3")
    both = skipped.replace("[INC-2025-001]", "[INC-2025-002, INC-2025-001]")
    (line,) = said({PATH: both, "incidents/2025/INC-2025-002.yml": second})
    assert "IB508 INC-2025-001 is sev1" in line


def test_policy_does_not_judge_what_was_before_it(said: Said, base: Base, skipped: str) -> None:
    later = base(POLICY, "effective_from: 2024-01-01", "effective_from: 2025-01-16")
    assert said({PATH: skipped, POLICY: later}) == []
