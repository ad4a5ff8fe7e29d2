"""IB605: waivers no longer than policy allows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

PATH = "postmortems/2025/INC-2025-001.md"
POLICY = "policy/actions.yml"
TERMS = (
    "effective_from: 2024-01-01\nevidence_required: true\nwaiver_max: 60d\n"
    "deadlines:\n  sev1: {high: 21d, medium: 45d, low: 90d}\n"
)
Said = Callable[..., list[str]]
Base = Callable[..., str]


def waived(base: Base, until: str) -> str:
    waiver = f"due: 2025-04-30\n    waiver: {{owner: platform, reason: First the cluster, until: {until}}}"
    return base(PATH, "due: 2025-04-30", waiver)


def test_a_day_too_long(said: Said, base: Base) -> None:
    (found,) = said({PATH: waived(base, "2025-06-30"), POLICY: TERMS})
    assert found == (
        f"{PATH}:13:65 IB605 The waiver of AI-2025-001-1 runs until 2025-06-30, 61 days after its due day; "
        "policy allows 60 days"
    )


@pytest.mark.parametrize("until", ["2025-06-29", "2025-04-01"])
def test_not_too_long(said: Said, base: Base, until: str) -> None:
    assert said({PATH: waived(base, until), POLICY: TERMS}) == []


def test_of_one_that_comes_round_again_the_first_day_that_is_owed_counts(said: Said, base: Base) -> None:
    again = "recurrence: FREQ=MONTHLY\n    occurrences: [{due: 2025-04-30, completed: 2025-04-29}]\n    waiver:"
    assert said({PATH: waived(base, "2025-07-29").replace("waiver:", again), POLICY: TERMS}) == []
    (found,) = said({PATH: waived(base, "2025-07-30").replace("waiver:", again), POLICY: TERMS})
    assert "runs until 2025-07-30, 61 days after its due day" in found


def test_without_a_limit(said: Said, base: Base) -> None:
    assert said({PATH: waived(base, "2029-06-29")}) == []


def test_what_is_finished_needs_no_waiver(said: Said, base: Base) -> None:
    done = "status: done\n    completed: 2025-02-01\n    evidence: [{kind: drill, ref: replayed on the standby}]"
    text = waived(base, "2029-06-29").replace("status: in-progress", done)
    assert said({PATH: text, POLICY: TERMS}) == []


def test_each_waiver_is_judged_by_itself(said: Said, base: Base) -> None:
    short = waived(base, "2025-06-29")
    second = "  - id: AI-2025-001-2\n    title: x\n    status: in-progress\n    owner: platform\n    due: 2025-04-30\n"
    waiver = "    waiver: {owner: platform, reason: First the cluster, until: 2025-06-30}\n"
    text = short.replace("---\n## What", f"{second}{waiver}---\n## What")
    (found,) = said({PATH: text, POLICY: TERMS})
    assert " IB605 The waiver of AI-2025-001-2 runs until 2025-06-30, 61 days" in found


def test_without_a_due_day_nothing_is_too_long(said: Said, base: Base) -> None:
    text = waived(base, "2029-06-29").replace("    due: 2025-04-30\n", "")
    assert not [line for line in said({PATH: text, POLICY: TERMS}) if "IB605" in line]
