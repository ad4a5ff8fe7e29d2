"""IB303: one id, one record; both places are named."""

from __future__ import annotations

from collections.abc import Callable

from incidentbook.finding import Finding

Base = Callable[..., str]
FIRST = "incidents/2025/INC-2025-001.yml"
COPY = "incidents/2025/INC-2025-002.yml"


def test_copied_record(check: Callable[..., list[Finding]], base: Base) -> None:
    (found,) = check({COPY: base(FIRST)})
    assert (found.code, found.path, found.span.line, found.span.column) == ("IB303", COPY, 1, 5)
    assert found.message == f"The id `INC-2025-001` is taken by another incident: {FIRST}, line 1"
    assert [(near.path, near.span.line, near.span.column) for near in found.related] == [(FIRST, 1, 5)]


def test_the_file_named_after_the_id_is_the_rightful_one(said: Callable[..., list[str]], base: Base) -> None:
    early = "incidents/2025/INC-2025-000.yml"
    assert said({early: "# a comment\n" + base(FIRST)}) == [
        f"{early}:2:5 IB303 The id `INC-2025-001` is taken by another incident: {FIRST}, line 1"
    ]


def test_copied_playbook(said: Callable[..., list[str]], base: Base) -> None:
    first, copy = "playbooks/availability/database-failover.md", "playbooks/performance/database-failover.md"
    assert said({copy: base(first)}) == [
        f"{copy}:2:5 IB303 The id `availability/database-failover` is taken by another playbook: {first}, line 2"
    ]
