"""IB101: what is missing is said once, and at the status that asks for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding

Said = Callable[..., list[str]]
Base = Callable[..., str]
RECORD = "incidents/2025/INC-2025-001.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"


def test_action_item_without_owner(said: Said, base: Base) -> None:
    assert said({POSTMORTEM: base(POSTMORTEM, "    owner: database\n")}) == [
        f"{POSTMORTEM}:10:13 IB101 `owner` is missing: an action item that is in-progress needs an owner"
    ]


def test_action_item_without_due_date(said: Said, base: Base) -> None:
    assert said({POSTMORTEM: base(POSTMORTEM, "    due: 2025-04-30\n")}) == [
        f"{POSTMORTEM}:10:13 IB101 `due` is missing: an action item that is in-progress needs a due date"
    ]


def test_done_without_evidence(said: Said, base: Base) -> None:
    assert said({POSTMORTEM: base(POSTMORTEM, "status: in-progress", "status: done\n    completed: 2025-02-01")}) == [
        f"{POSTMORTEM}:10:13 IB101 `evidence` is missing: an action item that is done needs evidence"
    ]


def test_proposed_needs_neither(said: Said) -> None:
    items = "action_items:\n  - {id: AI-2025-001-1, title: x, status: proposed}\n"
    text = f"---\nincidents: [INC-2025-001]\nstatus: published\n{items}---\n"
    assert said({POSTMORTEM: text}) == []


def test_skipped_post_mortem_without_reason(said: Said, base: Base) -> None:
    assert said({POSTMORTEM: base(POSTMORTEM, "status: published", "status: skipped")}) == [
        f"{POSTMORTEM}:3:9 IB101 `skip_reason` is missing: a post-mortem that is skipped needs a reason",
        f"{POSTMORTEM}:3:9 IB508 INC-2025-001 is sev1, and policy lets no post-mortem of such an incident be skipped",
    ]


def test_the_first_minute_needs_five_keys(said: Said) -> None:
    path = "incidents/2025/INC-2025-002.yml"
    text = "id: INC-2025-002\ntitle: x\nstatus: declared\nseverity: sev1\nmilestones: {started: 2025-01-15T02:30:00Z}\n"
    assert said({path: text}) == []
    assert said({path: text.replace("severity: sev1\n", "")}) == [
        f"{path}:1:1 IB101 `severity` is missing: every incident needs it"
    ]
    assert said({path: text.replace("started", "detected")}) == [
        f"{path}:5:1 IB101 `started` is missing: `milestones` needs it"
    ]


def test_what_a_status_asks_for_is_said_at_the_status(said: Said) -> None:
    path = "incidents/2025/INC-2025-002.yml"
    text = "id: INC-2025-002\ntitle: x\nseverity: sev3\nstatus: resolved\nmilestones: {started: 2025-01-15T02:30:00Z}\n"
    assert said({path: text}) == [
        f"{path}:4:9 IB101 `{key}` is missing: an incident that is resolved needs {noun}"
        for key, noun in [
            ("impact", "its impact"),
            ("services", "its services"),
            ("timeline", "a timeline"),
            ("type", "a type"),
        ]
    ]


def test_merged_says_where_it_went(said: Said, base: Base) -> None:
    text = base(RECORD, "status: resolved", "status: merged") + "links: {related: []}\n"
    assert said({RECORD: text}) == [
        f"{RECORD}:3:9 IB101 `merged_into` is missing below `links`: an incident that is merged needs it"
    ]


def test_an_entry_of_a_list_is_named(said: Said, base: Base) -> None:
    assert said({RECORD: base(RECORD, "kind: alert, text: Every request ends in an error", "kind: alert")}) == [
        f"{RECORD}:19:5 IB101 `text` is missing: every timeline entry needs it"
    ]


def test_the_hint_says_what_to_write(check: Callable[..., list[Finding]], base: Base) -> None:
    (found,) = check({POSTMORTEM: base(POSTMORTEM, "    owner: database\n")})
    assert found.hint == (
        "The team that will do it: a key under teams in policy/knowledge-base.yml. For example: `owner: database-engineering`."
    )


def test_an_example_too_long_for_one_line_is_left_out(check: Callable[..., list[Finding]]) -> None:
    found = check({"policy/factors.yml": "effective_from: 2024-01-01\n"})
    assert [each.hint for each in found if each.code == "IB101"] == ["The contributing factors, by slug."]


def test_policy_is_named_by_its_file(said: Said, base: Base) -> None:
    path = "policy/services.yml"
    assert said({path: base(path, "effective_from: 2024-01-01\n")}) == [
        f"{path}:1:1 IB101 `effective_from` is missing: policy/services.yml needs a first day"
    ]


ENTRY = "{id: t1, at: 2025-01-15T02:30:00Z, kind: alert, text: Every request ends in an error}"
NAMELESS = ENTRY.replace("id: t1, ", "")


def test_an_id_is_offered_in_every_list(check: Callable[..., list[Finding]], base: Base) -> None:
    text = base(RECORD, ENTRY, NAMELESS).replace("{id: e1, ", "{").replace("{id: r1, ", "{")
    text = text.replace("investigation:", "investigation:\n  hypotheses: [{text: Too little memory, status: open}]")
    found = [each for each in check({RECORD: text}) if each.code == "IB101"]
    assert [each.message for each in found if each.fix is None] == []
    assert {each.message.split(": ")[1] for each in found} == {
        f"every {thing} needs it" for thing in ("role", "timeline entry", "hypothesis", "piece of evidence")
    }


@pytest.mark.parametrize("other", [NAMELESS, ENTRY])
def test_no_id_is_offered_to_what_is_said_twice(check: Callable[..., list[Finding]], base: Base, other: str) -> None:
    found = check({RECORD: base(RECORD, ENTRY, f"{NAMELESS}\n  - {other}")})
    assert {each.fix for each in found if each.code == "IB101"} == {None}


def test_no_id_is_offered_for_another_key_or_to_an_action_item(check: Callable[..., list[Finding]], base: Base) -> None:
    text = base(POSTMORTEM, "  - id: AI-2025-001-1\n    title", "  - title")
    found = check(
        {RECORD: base(RECORD, "kind: alert, text: Every request ends in an error", "kind: alert"), POSTMORTEM: text}
    )
    assert [(each.code, each.path, each.fix) for each in found if each.code == "IB101"] == [
        ("IB101", RECORD, None),
        ("IB101", POSTMORTEM, None),
    ]
