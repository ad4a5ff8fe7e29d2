"""IB306: one post-mortem for an incident."""

from __future__ import annotations

from collections.abc import Callable

from incidentbook.finding import Finding

FIRST = "postmortems/2025/INC-2025-001.md"
SECOND = "postmortems/2025/INC-2025-002.md"
RECORD = "incidents/2025/INC-2025-002.yml"
TEXT = "id: INC-2025-002\ntitle: x\nstatus: declared\nseverity: sev3\nmilestones: {started: 2025-01-15T02:30:00Z}\n"


def test_second_one(check: Callable[..., list[Finding]]) -> None:
    text = "---\nincidents: [INC-2025-002, INC-2025-001]\nstatus: published\n---\n"
    (found,) = check({RECORD: TEXT, SECOND: text})
    assert (found.code, found.path, found.span.line, found.span.column) == ("IB306", SECOND, 2, 27)
    assert found.message == f"INC-2025-001 has another post-mortem: {FIRST}"
    assert [(near.path, near.span.line, near.span.column) for near in found.related] == [(FIRST, 2, 13)]


def test_the_one_named_after_the_incident_stays(check: Callable[..., list[Finding]], base: Callable[..., str]) -> None:
    both = base(FIRST, "incidents: [INC-2025-001]", "incidents: [INC-2025-001, INC-2025-002]")
    text = "---\nincidents: [INC-2025-002]\nstatus: published\n---\n"
    (found,) = check({RECORD: TEXT, FIRST: both, SECOND: text})
    assert (found.path, found.span.line, found.span.column) == (FIRST, 2, 27)


def test_one_post_mortem_of_several_incidents(said: Callable[..., list[str]], base: Callable[..., str]) -> None:
    both = base(FIRST, "incidents: [INC-2025-001]", "incidents: [INC-2025-001, INC-2025-002]")
    assert said({RECORD: TEXT, FIRST: both}) == []
