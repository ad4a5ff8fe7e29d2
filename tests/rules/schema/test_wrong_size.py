"""IB106: empty, out of bounds, or twice in a list."""

from __future__ import annotations

from collections.abc import Callable

import pytest

RECORD = "incidents/2025/INC-2025-001.yml"
Said = Callable[..., list[str]]
Base = Callable[..., str]


@pytest.mark.parametrize(
    ("line", "column", "message"),
    [
        ("summary: ''", 10, "`summary` is empty"),
        ("classification: {customers_affected_pct: 120}", 42,
         "`customers_affected_pct` has to be at most 100, and it is 120"),
        ("classification: {customers_affected_pct: -1}", 42,
         "`customers_affected_pct` has to be at least 0, and it is -1"),
    ],
)  # fmt: skip
def test_value_of_the_wrong_size(said: Said, base: Base, line: str, column: int, message: str) -> None:
    assert said({RECORD: base(RECORD) + line + "\n"}) == [f"{RECORD}:27:{column} IB106 {message}"]


def test_a_name_given_twice(said: Said, base: Base) -> None:
    text = base(RECORD, "services: [public-api]", "services: [public-api, primary-db, public-api]")
    assert said({RECORD: text}) == [f"{RECORD}:7:36 IB106 `services` names `public-api` twice"]
    text = base(RECORD, "services: [public-api]", "services: [primary-db, public-api, public-api, primary-db]")
    playbook = "availability/database-failover"
    assert said({RECORD: text.replace(f"[{playbook}]", f"[{playbook}, {playbook}]")}) == [
        f"{RECORD}:7:36 IB106 `services` names `public-api` twice",
        f"{RECORD}:26:45 IB106 `playbooks` names `{playbook}` twice",
    ]


def test_a_slug_too_long(said: Said, base: Base) -> None:
    path = "playbooks/availability/database-failover.md"
    found = said({path: base(path, "owner: database", f"owner: {'x' * 65}")})
    assert f"{path}:6:8 IB106 `owner` is longer than 64: it has 65" in found


def test_empty_evidence_says_who_asks(said: Said, base: Base) -> None:
    path = "postmortems/2025/INC-2025-001.md"
    assert said(
        {path: base(path, "status: in-progress", "status: done\n    completed: 2025-02-01\n    evidence: []")}
    ) == [f"{path}:12:15 IB106 `evidence` is empty: an action item that is done needs more"]


def test_post_mortem_of_nothing(said: Said, base: Base) -> None:
    path = "postmortems/2025/INC-2025-001.md"
    assert f"{path}:2:12 IB106 `incidents` is empty" in said({path: base(path, "[INC-2025-001]", "[]")})


def test_a_target_of_no_availability(said: Said, base: Base) -> None:
    path = "policy/services.yml"
    text = base(path, "team: platform", "team: platform, slo: {availability: 0, window: 30d}")
    assert [line for line in said({path: text}) if "IB106" in line] == [
        f"{path}:3:70 IB106 `availability` has to be more than 0, and it is 0"
    ]


def test_a_policy_of_no_severities(said: Said) -> None:
    path = "policy/severities.yml"
    assert f"{path}:2:13 IB106 `severities` is empty" in said({path: "effective_from: 2024-01-01\nseverities: {}\n"})


def test_what_is_no_number_has_no_size(said: Said, base: Base) -> None:
    text = base(RECORD, "timeline:", "classification: {customers_affected_pct: .inf}\ntimeline:")
    text = text.replace(
        "[availability/database-failover]", "[availability/database-failover, availability/database-failover]"
    )
    assert [line.split()[1] for line in said({RECORD: text})] == ["IB001", "IB106"]
    text = base(RECORD) + "classification: {customers_affected_pct: 100.5}\n"
    assert said({RECORD: text}) == [
        f"{RECORD}:27:42 IB106 `customers_affected_pct` has to be at most 100, and it is 100.5"
    ]
