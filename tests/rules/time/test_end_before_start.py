"""IB203: phases, roles and overrides that end before they start; only what cannot be true."""

from __future__ import annotations

from collections.abc import Callable

from incidentbook.finding import Finding

RECORD = "incidents/2025/INC-2025-001.yml"
PHASE = "level: outage, from: 2025-01-15T02:30:00Z, to: 2025-01-15T04:45:00Z"
Said = Callable[..., list[str]]
Base = Callable[..., str]


def test_phase_that_ends_before_it_starts(check: Callable[..., list[Finding]], base: Base) -> None:
    new = "level: outage, from: 2025-01-15T02:30:00Z, to: 2025-01-15T02:00:00Z"
    (found,) = check({RECORD: base(RECORD, PHASE, new)})
    assert (found.code, found.path, found.span.line, found.span.column) == ("IB203", RECORD, 17, 63)
    assert found.message == "Phase `p1` ends at 2025-01-15T02:00:00Z, before it starts at 2025-01-15T02:30:00Z"
    assert [(near.span.line, near.span.column) for near in found.related] == [(17, 37)]


def test_role_that_ends_before_it_starts(said: Said, base: Base) -> None:
    text = base(
        RECORD,
        "from: 2025-01-15T02:32:00Z, to: 2025-01-15T04:45:00Z",
        "from: 2025-01-15T02:32:00Z, to: 2025-01-15T02:31:59Z",
    )
    assert said({RECORD: text}) == [
        f"{RECORD}:14:90 IB203 Role `r1` ends at 2025-01-15T02:31:59Z, before it starts at 2025-01-15T02:32:00Z"
    ]


def test_offsets_are_compared_as_instants(said: Said, base: Base) -> None:
    assert said(
        {RECORD: base(RECORD, PHASE, "level: outage, from: 2025-01-15T02:30:00Z, to: 2025-01-15T02:31:00+01:00")}
    )
    assert not said(
        {RECORD: base(RECORD, PHASE, "level: outage, from: 2025-01-15T02:30:00Z, to: 2025-01-15T01:31:00-01:00")}
    )


def test_same_instant_and_open_end_are_fine(said: Said, base: Base) -> None:
    assert (
        said({RECORD: base(RECORD, PHASE, "level: outage, from: 2025-01-15T02:30:00Z, to: 2025-01-15T02:30:00Z")}) == []
    )
    assert said({RECORD: base(RECORD, PHASE, "level: outage, from: 2025-01-15T02:30:00Z")}) == []


def test_uncertain_times_that_can_be_true_are_fine(said: Said, base: Base) -> None:
    maybe = "to: {at: 2025-01-15T02:29:00Z, latest: 2025-01-15T02:31:00Z}"
    never = "to: {at: 2025-01-15T02:28:00Z, latest: 2025-01-15T02:29:00Z}"
    assert said({RECORD: base(RECORD, PHASE, f"level: outage, from: 2025-01-15T02:30:00Z, {maybe}")}) == []
    assert len(said({RECORD: base(RECORD, PHASE, f"level: outage, from: 2025-01-15T02:30:00Z, {never}")})) == 1


def test_degraded_after_the_end_is_allowed(said: Said, base: Base) -> None:
    new = f"{PHASE}}}\n    - {{id: p2, level: degraded, from: 2025-01-15T04:45:00Z, to: 2025-01-15T09:00:00Z"
    assert said({RECORD: base(RECORD, PHASE, new)}) == []


def test_rotation_override(said: Said) -> None:
    text = """\
        effective_from: 2024-01-01
        rotations:
          - {id: weekly, role: incident-commander, teams: [platform], type: weekly, start: 2025-01-06T09:00:00Z}
        overrides:
          - {rotation: weekly, team: platform, from: 2025-02-02T00:00:00Z, to: 2025-02-01T00:00:00Z}
        """
    assert said({"policy/rotation.yml": text}) == [
        "policy/rotation.yml:5:72 IB203 Override `weekly` ends at 2025-02-01T00:00:00Z, before it starts at 2025-02-02T00:00:00Z"
    ]


def test_one_without_a_name_behind_one_that_goes_on(said: Said, base: Base) -> None:
    others = "    - x\n    - {id: p0, level: degraded, from: 2025-01-15T02:30:00Z}\n"
    wrong = PHASE.replace("04:45", "02:00")
    text = base(RECORD, f"    - {{id: p1, {PHASE}", f"{others}    - {{{wrong}")
    assert [line for line in said({RECORD: text}) if "IB203" in line] == [
        f"{RECORD}:19:55 IB203 Phase ends at 2025-01-15T02:00:00Z, before it starts at 2025-01-15T02:30:00Z"
    ]
