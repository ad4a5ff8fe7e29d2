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


@pytest.mark.parametrize(
    "roles",
    [
        "  - {id: r1, role: incident-commander, holder: database, from: 2025-01-15T02:39:00Z}\n",
        "  - {id: r1, role: incident-commander, holder: database, from: 2025-01-15T02:40:00Z}\n",
    ],
)
def test_a_commander_takes_it_on_as_an_acknowledgement_does(check: Check, base: Callable[..., str], roles: str) -> None:
    text = base(RECORD, *ALONE)
    begin, end = text.index("  - {id: r1"), text.index("impact:")
    found = check({RECORD: text[:begin] + roles + text[end:], POLICY: LADDER})
    assert [one.code for one in found if one.code == "IB507"] == []


@pytest.mark.parametrize(
    "roles",
    ["", "roles:\n  - {id: r1, role: scribe, holder: database, from: 2025-01-15T02:32:00Z}\n",
     "roles:\n  - {id: r1, role: incident-commander, holder: database}\n"],
)  # fmt: skip
def test_nobody_takes_it_on_until_it_is_over(check: Check, base: Callable[..., str], roles: str) -> None:
    text = base(RECORD, "  acknowledged: 2025-01-15T02:35:00Z\n", "")
    begin, end = text.index("roles:"), text.index("impact:")
    found = check({RECORD: text[:begin] + roles + text[end:], POLICY: LADDER})
    messages = [one.message for one in found if one.code == "IB507"]
    alone = "Nobody took the incident on for 2 hours 15 minutes after its start, and nothing shows that"
    assert f"{alone} platform was told after 10 minutes" in messages


@pytest.mark.parametrize(
    ("notify", "text"),
    [
        ("incident-commander", "We called the incident commander"),
        ("incident-commander", "Paged incident-commander again"),
        ("platform", "The PLATFORM team was told"),
        ("night-watch", "Called those on duty at the Observatory"),
    ],
)
def test_a_trace_by_any_of_their_names(check: Check, base: Callable[..., str], notify: str, text: str) -> None:
    record = base(RECORD, *ALONE)
    record = record[: record.index("roles:")] + record[record.index("impact:") :]
    house = "policy/knowledge-base.yml"
    files = {
        POLICY: f"effective_from: 2024-01-01\nescalation: {{sev1: [{{after: 10m, notify: {notify}, by: chat}}]}}\n",
        house: base(house, "teams:\n", "teams:\n  night-watch: {name: Observatory}\n"),
    }
    for said, codes in (("Every request ends in an error", ["IB507"]), (text, [])):
        made = record.replace("Every request ends in an error", said)
        assert [one.code for one in check(files | {RECORD: made}) if one.code == "IB507"] == codes
