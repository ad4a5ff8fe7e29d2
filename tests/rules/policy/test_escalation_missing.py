"""IB507: steps of the ladder that came due leave a trace."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade

RECORD = "incidents/2025/INC-2025-001.yml"
POLICY = "policy/escalation.yml"
LADDER = (
    "effective_from: 2024-01-01\nescalation:\n  sev1:\n    - {after: 0m, notify: database, by: status-page}\n"
    "    - {after: 10m, notify: platform, by: chat}\n    - {after: 1h, notify: database, by: chat}\n"
)
MESSAGE = "{id: c1, at: 2025-01-15T02:41:00Z, audience: responders, channel: chat, text: x}"
ALONE = ("acknowledged: 2025-01-15T02:35:00Z", "acknowledged: 2025-01-15T02:45:00Z")
Check = Callable[..., list[Finding]]


@pytest.fixture
def record(base: Callable[..., str]) -> Callable[..., str]:
    """The record, acknowledged after a quarter of an hour and commanded from then on."""

    def made(old: str = "", new: str = "") -> str:
        text = base(RECORD, *ALONE).replace("from: 2025-01-15T02:32:00Z", "from: 2025-01-15T02:45:00Z")
        assert old in text
        return text.replace(old, new) if old else text

    return made


def test_no_trace(check: Check, record: Callable[..., str]) -> None:
    (found,) = check({RECORD: record(), POLICY: LADDER})
    assert (found.code, found.span.line, found.span.column, found.grade) == ("IB507", 4, 11, Grade.INFO)
    assert found.message == (
        "Nobody took the incident on for 15 minutes after its start, and nothing shows that platform was told "
        "after 10 minutes"
    )
    assert [(near.path, near.span.line) for near in found.related] == [(POLICY, 5)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("text: Every request ends in an error", "text: Platform was called"),
        ("investigation:\n", f"communications:\n  - {MESSAGE}\ninvestigation:\n"),
        ("impact:\n", "  - {id: r2, role: scribe, holder: platform, from: 2025-01-15T02:50:00Z}\nimpact:\n"),
        ("acknowledged: 2025-01-15T02:45:00Z", "acknowledged: 2025-01-15T02:40:00Z"),
        ("disclosure: public", "disclosure: public\nexercise: true"),
    ],
)  # fmt: skip
def test_traces_and_what_needs_none(check: Check, record: Callable[..., str], old: str, new: str) -> None:
    assert check({RECORD: record(old, new), POLICY: LADDER}) == []


def test_before_the_policy(check: Check, record: Callable[..., str]) -> None:
    assert check({RECORD: record(), POLICY: LADDER.replace("2024-01-01", "2025-01-16")}) == []
