"""IB506: a post-mortem in time."""

from __future__ import annotations

from collections.abc import Callable

import pytest

PATH = "postmortems/2025/INC-2025-001.md"
RECORD = "incidents/2025/INC-2025-001.yml"
Said = Callable[..., list[str]]
Base = Callable[..., str]
ALLOWED = "policy asks for it within 2 days after INC-2025-001 was resolved, by 2025-01-17T04:45:00Z"


@pytest.mark.parametrize(
    ("now", "lines", "expected"),
    [
        ("2025-03-01 00:00", "status: published\nheld: 2025-01-18",
         f"4:7 IB506 This post-mortem was held on 2025-01-18: {ALLOWED}"),
        ("2025-03-01 00:00", "status: published\npublished: 2025-01-18",
         f"4:12 IB506 This post-mortem was published on 2025-01-18: {ALLOWED}"),
        ("2025-01-17 04:45:01", "status: draft", f"3:9 IB506 This post-mortem is draft and has not been held: {ALLOWED}"),
        ("2025-01-16 00:00", "status: draft\nscheduled: 2025-01-18",
         f"4:12 IB506 This post-mortem is planned for 2025-01-18: {ALLOWED}"),
    ],
)  # fmt: skip
def test_late(said: Said, base: Base, now: str, lines: str, expected: str) -> None:
    assert said({PATH: base(PATH, "status: published", lines)}, now=now) == [f"{PATH}:{expected}"]


@pytest.mark.parametrize(
    ("now", "lines"),
    [
        ("2025-03-01 00:00", "status: published\nheld: 2025-01-17\npublished: 2025-01-30"),
        ("2025-03-01 00:00", "status: published"),
        ("2025-01-17 04:45:00", "status: draft\nscheduled: 2025-01-17"),
    ],
)
def test_in_time(said: Said, base: Base, now: str, lines: str) -> None:
    assert said({PATH: base(PATH, "status: published", lines)}, now=now) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("disclosure: public", "disclosure: public\nexercise: true"),
        ("severity: sev1", "severity: sev3"),
        ("disclosure: public", "disclosure: public\nprovenance: {source: statuspage}"),
    ],
)
def test_who_owes_none(said: Said, base: Base, old: str, new: str) -> None:
    late = base(PATH, "status: published", "status: published\nheld: 2025-02-18")
    assert said({PATH: late, RECORD: base(RECORD, old, new)}) == []


def test_of_several_the_last_counts(said: Said, base: Base) -> None:
    second = base(RECORD, "id: INC-2025-001", "id: INC-2025-002").replace("2025-01-15T", "2025-01-20T")
    late = base(PATH, "status: published", "status: published\nheld: 2025-01-22").replace(
        "[INC-2025-001]", "[INC-2025-001, INC-2025-002]"
    )
    assert said({PATH: late, "incidents/2025/INC-2025-002.yml": second}) == []


def test_a_skipped_one_is_never_late(said: Said, base: Base) -> None:
    text = base(PATH, "status: published", "status: skipped\nskip_reason: Known\nheld: 2025-02-18")
    assert [line for line in said({PATH: text}) if "IB506" in line] == []


@pytest.mark.parametrize("key", ["held", "scheduled"])
def test_a_day_that_begins_just_when_the_time_is_over_is_in_time(said: Said, base: Base, key: str) -> None:
    record = base(RECORD).replace("2025-01-15T04:45:00Z", "2025-01-16T00:00:00Z")
    status = "published" if key == "held" else "draft"
    text = base(PATH, "status: published", f"status: {status}\n{key}: 2025-01-18")
    assert [line for line in said({PATH: text, RECORD: record}, now="2025-01-17 00:00") if "IB506" in line] == []


def test_policy_does_not_judge_what_was_before_it(said: Said, base: Base) -> None:
    late = base(PATH, "status: published", "status: published\nheld: 2025-02-18")
    policy = "policy/severities.yml"
    later = base(policy, "effective_from: 2024-01-01", "effective_from: 2025-01-16")
    assert [line for line in said({PATH: late, policy: later}) if "IB506" in line] == []
