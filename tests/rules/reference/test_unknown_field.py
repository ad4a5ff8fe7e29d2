"""Paths of `field_disclosure` that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RECORD = "incidents/2025/INC-2025-001.yml"
Said = Callable[..., list[str]]


def with_path(base: Callable[..., str], path: str) -> dict[str, str]:
    return {RECORD: base(RECORD) + f"field_disclosure:\n  {path}: internal\n"}


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("impact.busines", "`impact` has no field `busines`; did you mean `business`?"),
        ("impact.business.nots", "`impact.business` has no field `nots`; did you mean `notes`?"),
        ("sumary", "A record has no field `sumary`; did you mean `summary`?"),
        ("timeline.t05", "`timeline` has no field `t05`"),
        ("summary.first", "`summary` has no field `first`"),
        ("milestones.detectd", "`milestones` has no field `detectd`; did you mean `detected`?"),
    ],
)
def test_a_path_that_leads_nowhere(said: Said, base: Callable[..., str], path: str, message: str) -> None:
    (found,) = [line for line in said(with_path(base, path)) if "IB409" in line]
    assert found.endswith(f":3 IB409 {message}")


@pytest.mark.parametrize(
    "path",
    [
        "summary", "impact.business", "impact.business.notes", "milestones.detected", "timeline", "investigation.evidence",
        "classification.revenue_per_hour.amount", "x-ticket", "provenance.original.body", "provenance.url",
    ],
)  # fmt: skip
def test_a_path_to_a_field(said: Said, base: Callable[..., str], path: str) -> None:
    assert [line for line in said(with_path(base, path)) if "IB409" in line] == []


def test_each_path_is_looked_at(said: Said, base: Callable[..., str]) -> None:
    text = base(RECORD) + "field_disclosure: {summary: internal, sumary: internal}\n"
    (found,) = said({RECORD: text})
    assert "IB409 A record has no field `sumary`" in found
