"""IB505: no longer silence than policy allows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding, Grade

RECORD = "incidents/2025/INC-2025-001.yml"
POLICY = "policy/communications.yml"
Check = Callable[..., list[Finding]]
Said = Callable[..., list[str]]
Files = Callable[..., dict[str, str]]


@pytest.fixture
def files(base: Callable[..., str]) -> Files:
    """The record (02:30 to 04:45) with messages, each (clock, audience, more), and an hour of silence allowed."""

    def made(*messages: tuple[str, str, str], record: tuple[str, str] = ("", ""), extra: str = "") -> dict[str, str]:
        lines = [
            f"  - {{id: c{number}, at: 2025-01-15T{clock}:00Z, audience: {audience}, channel: chat, text: x{more}}}\n"
            for number, (clock, audience, more) in enumerate(messages)
        ]
        said = "communications:\n" + "".join(lines) if lines else ""
        text = base(RECORD, *record) if record[0] else base(RECORD)
        policy = base(
            POLICY, "sev4: {every: 30m, audiences: [public]}", "sev1: {every: 1h, audiences: [public, customers]}"
        )
        return {RECORD: text.replace("investigation:\n", f"{said}{extra}investigation:\n"), POLICY: policy}

    return made


def test_long_silence_between_two(check: Check, files: Files) -> None:
    (found,) = check(files(("02:40", "public", ""), ("03:41", "customers", ""), ("04:30", "public", "")))
    assert (found.code, found.span.line, found.span.column, found.grade) == ("IB505", 23, 18, Grade.INFO)
    assert found.message == (
        "Nothing was said to public or customers for 1 hour 1 minute, from 2025-01-15T02:40:00Z to "
        "2025-01-15T03:41:00Z: policy asks for a word every 1 hour of a sev1"
    )
    assert [(near.path, near.span.line, near.span.column) for near in found.related] == [(POLICY, 6, 17)]


def test_a_silence_that_lasts_fails_the_run(check: Check, files: Files) -> None:
    """It can still be ended; one that is over is only told."""
    made = files(("02:40", "public", ""), ("04:30", "public", ""))
    made[RECORD] = made[RECORD].replace("status: resolved", "status: investigating")
    grades = [found.grade for found in check(made) if found.code == "IB505"]
    assert grades == [Grade.INFO, Grade.WARNING]


def test_before_the_first_and_after_the_last(said: Said, files: Files) -> None:
    found = said(files(("03:31", "public", ""), ("03:44", "public", "")))
    assert [line.split(" ")[0] for line in found] == [f"{RECORD}:22:18", f"{RECORD}:23:18"]
    assert "from 2025-01-15T02:30:00Z to 2025-01-15T03:31:00Z" in found[0]
    assert "from 2025-01-15T03:44:00Z to 2025-01-15T04:45:00Z" in found[1]


def test_no_message_at_all(said: Said, files: Files) -> None:
    (found,) = said(files())
    assert found.startswith(f"{RECORD}:4:11 IB505 Nothing was said to public or customers for 2 hours 15 minutes")


def test_exactly_so_long_is_fine_by_whichever_channel(said: Said, files: Files) -> None:
    assert said(files(("03:30", "public", ""), ("04:30", "customers", ""))) == []


def test_another_audience_hears_nothing_for_the_public(said: Said, files: Files) -> None:
    assert len(said(files(("03:00", "executives", ""), ("04:00", "responders", "")))) == 1


@pytest.mark.parametrize(("promise", "findings"), [("04:40", 0), ("04:30", 1), ("02:50", 1)])
def test_a_promised_update_counts_instead(said: Said, files: Files, promise: str, findings: int) -> None:
    promised = f", next_update: 2025-01-15T{promise}:00Z"
    found = said(files(("02:40", "public", promised), ("04:35", "public", "")))
    assert len(found) == findings
    assert all(f"and the message before promised one by 2025-01-15T{promise}:00Z" in line for line in found)


def test_a_promise_from_before_the_clock_began_is_kept_too(said: Said, files: Files) -> None:
    history = (
        "severity_history:\n  - {id: s1, to: sev3, at: 2025-01-15T02:31:00Z}\n"
        "  - {id: s2, to: sev1, at: 2025-01-15T03:00:00Z}\n"
    )
    promised = ", next_update: 2025-01-15T04:30:00Z"
    assert said(files(("02:40", "public", promised), ("04:25", "public", ""), extra=history)) == []
    assert len(said(files(("02:40", "public", ""), ("04:25", "public", ""), extra=history))) == 1


def test_nothing_is_owed_while_it_was_resolved(said: Said, files: Files) -> None:
    states = (
        "transitions:\n  - {id: x1, to: declared, at: 2025-01-15T02:30:00Z}\n"
        "  - {id: x2, to: resolved, at: 2025-01-15T02:50:00Z}\n"
        "  - {id: x3, to: investigating, at: 2025-01-15T04:10:00Z}\n"
        "  - {id: x4, to: resolved, at: 2025-01-15T04:45:00Z}\n"
    )
    assert said(files(extra=states)) == []
    assert len(said(files(extra=states.replace("04:10", "03:40")))) == 1


def test_an_open_incident_is_held_to_now(check: Check, files: Files) -> None:
    changed = files(("03:00", "public", ""), record=("status: resolved", "status: monitoring"))
    assert check(changed, now="2025-01-15 04:50")[0].message.endswith("policy asks for a word every 1 hour of a sev1")
    assert [found.span.line for found in check(changed, now="2025-01-15 04:50")] == [22]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("disclosure: public", "disclosure: restricted"),
        ("disclosure: public", "disclosure: public\nexercise: true"),
        ("disclosure: public", "disclosure: public\nprovenance: {source: statuspage}"),
        ("status: resolved", "status: cancelled"),
        ("severity: sev1", "severity: sev3"),
        ("severity: sev1", "severity: unclassified"),
    ],
)
def test_who_owes_nothing(said: Said, files: Files, old: str, new: str) -> None:
    assert said(files(record=(old, new))) == []


def test_policy_does_not_judge_what_was_before_it(said: Said, files: Files) -> None:
    changed = files()
    changed[POLICY] = changed[POLICY].replace("effective_from: 2024-01-01", "effective_from: 2025-01-16")
    assert said(changed) == []


def test_a_change_of_state_is_no_word_to_anybody(said: Said, files: Files) -> None:
    states = (
        "transitions:\n  - {id: x1, to: declared, at: 2025-01-15T02:30:00Z}\n"
        "  - {id: x2, to: investigating, at: 2025-01-15T03:20:00Z}\n"
        "  - {id: x3, to: resolved, at: 2025-01-15T04:45:00Z}\n"
    )
    (found,) = said(files(extra=states))
    assert "for 2 hours 15 minutes, from 2025-01-15T02:30:00Z to 2025-01-15T04:45:00Z" in found


def test_a_transition_that_lacks_its_time_or_state_is_passed_over(said: Said, files: Files) -> None:
    states = "transitions:\n  - {id: x1, to: resolved}\n  - {id: x2, at: 2025-01-15T02:40:00Z}\n"
    assert len([line for line in said(files(extra=states)) if "IB505" in line]) == 1


@pytest.mark.parametrize(
    ("clock", "line", "stretch"),
    [("02:30", 22, "for 2 hours 15 minutes, from 2025-01-15T02:30:00Z to 2025-01-15T04:45:00Z"),
     ("04:45", 4, "for 2 hours 15 minutes, from 2025-01-15T02:30:00Z to 2025-01-15T04:45:00Z")],
)  # fmt: skip
def test_a_message_at_the_very_start_or_end_breaks_no_silence(
    said: Said, files: Files, clock: str, line: int, stretch: str
) -> None:
    (found,) = said(files((clock, "public", "")))
    assert found.startswith(f"{RECORD}:{line}:")
    assert stretch in found


@pytest.mark.parametrize(("default", "findings"), [("restricted", 0), ("public", 1)])
def test_the_level_of_the_knowledge_base_holds_where_the_record_names_none(
    said: Said, base: Callable[..., str], files: Files, default: str, findings: int
) -> None:
    house = "policy/knowledge-base.yml"
    changed = files(record=("disclosure: public\n", ""))
    text = base(house)
    assert "default_disclosure: " in text
    before = next(line for line in text.splitlines() if line.startswith("default_disclosure: "))
    changed[house] = text.replace(before, f"default_disclosure: {default}")
    assert len([line for line in said(changed) if "IB505" in line]) == findings
