"""The lives of action items: what Git saw of them, whatever they say of themselves."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from incidentbook.chronicle.lives import ActionLife, item_of, lives
from incidentbook.history.facts import ItemFacts
from incidentbook.records.action_item import ActionItem
from kb import at
from past_of import PATH, item, past

ID = "AI-2025-001-1"


def life(*states: str) -> ActionLife:
    """Return the life of an item that had these states, day by day from 1 January 2025 on."""
    commits = [(f"2025-01-{day:02}", {PATH: (item(state),)}) for day, state in enumerate(states, 1)]
    return lives(past(*commits)).items[ID]


def days(*moments: dt.datetime | None) -> list[int | None]:
    return [moment.day if moment else None for moment in moments]


def test_from_a_proposal_to_the_end() -> None:
    found = life("proposed", "not-started", "in-progress", "done", "verified")
    assert days(found.created, found.committed, found.closed, found.status_since) == [1, 2, 4, 5]
    assert found.reopened == ()


def test_a_proposal_binds_nobody() -> None:
    found = life("proposed", "cancelled")
    assert days(found.committed, found.closed) == [None, 2]


def test_what_is_opened_again_is_not_closed() -> None:
    found = life("in-progress", "done", "in-progress")
    assert days(found.closed, *found.reopened, found.status_since) == [None, 3, 3]
    again = life("in-progress", "done", "in-progress", "done", "done")
    assert days(again.closed, *again.reopened, again.status_since) == [4, 3, 4]


def test_a_commit_that_changes_nothing_of_an_item_is_none_of_its_events() -> None:
    assert len(life("in-progress", "in-progress", "in-progress").events) == 1


def test_a_status_is_as_old_as_it_is_whatever_else_changed() -> None:
    found = lives(
        past(
            ("2025-01-01", {PATH: (item("in-progress", due="2025-01-10"),)}),
            ("2025-01-02", {PATH: (item("in-progress", due="2025-01-20"),)}),
            ("2025-01-03", {PATH: (item("in-progress", due="2025-01-20", owner="sre"),)}),
        )
    ).items[ID]
    assert days(found.status_since) == [1]
    assert found.due_moved == 1
    assert len(found.events) == 3


def test_an_item_that_moves_to_another_file_goes_on() -> None:
    other = "postmortems/2025/INC-2025-009.md"
    found = lives(
        past(
            ("2025-01-01", {PATH: (item("in-progress"),)}),
            ("2025-01-02", {PATH: None, other: (item("in-progress"),)}),
            ("2025-01-03", {other: (item("done"),)}),
        )
    ).items[ID]
    assert [event.status for event in found.events] == ["in-progress", "done"]


def test_a_file_that_goes_and_comes_back() -> None:
    found = lives(
        past(
            ("2025-01-01", {PATH: (item("done"),)}),
            ("2025-01-02", {PATH: None}),
            ("2025-01-03", {PATH: (item("done"),)}),
        )
    ).items[ID]
    assert [event.facts is None for event in found.events] == [False, True, False]
    assert days(found.status_since, found.closed) == [3, 3]
    assert found.reopened == ()


def test_while_a_file_cannot_be_read_what_was_known_stands() -> None:
    found = lives(
        past(
            ("2025-01-01", {PATH: (item("in-progress"),)}),
            ("2025-01-02", {PATH: "<<<<<<< HEAD"}),
            ("2025-01-03", {PATH: (item("in-progress"),)}),
        )
    ).items[ID]
    assert len(found.events) == 1


def test_of_two_files_the_first_counts() -> None:
    other = "postmortems/2024/INC-2024-001.md"
    found = lives(
        past(
            ("2025-01-01", {PATH: (item("in-progress"),), other: (item("done"),)}),
            ("2025-01-02", {other: None}),
        )
    ).items[ID]
    assert [event.status for event in found.events] == ["done", "in-progress"]


def test_of_two_in_a_file_the_first_counts() -> None:
    found = lives(past(("2025-01-01", {PATH: (item("in-progress"), item("done"))}))).items[ID]
    assert found.last.status == "in-progress"


def test_items_without_an_id_are_counted() -> None:
    found = lives(
        past(
            ("2025-01-01", {PATH: (ItemFacts(status="done"), item("done"))}),
            ("2025-01-02", {PATH: (ItemFacts(status="done"), item("verified"))}),
        )
    )
    assert found.left_out == {"without an id": 1}
    assert list(found.items) == [ID]


def test_how_it_stood_at_a_time() -> None:
    found = life("proposed", "in-progress", "done")
    asked = [found.at(at(time)) for time in ("2024-12-31", "2025-01-01", "2025-01-02T23:59:59", "2025-02-01")]
    assert [event.status if event else None for event in asked] == [None, "proposed", "in-progress", "done"]


def test_a_clock_that_was_wrong_makes_no_age_negative() -> None:
    found = lives(
        past(
            ("2025-01-05", {PATH: (item("in-progress"),)}),
            ("2001-01-01", {PATH: (item("done"),)}),
            ("2025-01-06", {PATH: (item("verified"),)}),
        )
    ).items[ID]
    assert [event.at for event in found.events] == [at("2025-01-05"), at("2025-01-05"), at("2025-01-06")]


def test_nothing_at_all() -> None:
    found = lives(past())
    assert (dict(found.items), found.begins) == ({}, None)


@given(st.lists(st.sampled_from([None, "proposed", "in-progress", "done", "cancelled", "x"]), min_size=1, max_size=8))
def test_the_present_is_what_the_last_commit_holds(states: list[str | None]) -> None:
    commits = [
        (f"2025-01-{day:02}", {PATH: None if state is None else () if state == "x" else (item(state),)})
        for day, state in enumerate(states, 1)
    ]
    found = lives(past(*commits)).items.get(ID)
    last = states[-1] if states[-1] not in (None, "x") else None
    if found is None:
        assert all(state in (None, "x") for state in states)
    else:
        assert (found.last.status.value if found.last.status else None) == last
        assert found.created <= found.status_since <= found.last.at
        assert all(before.facts != after.facts for before, after in zip(found.events, found.events[1:], strict=False))


def test_the_facts_make_the_item_that_they_were_taken_from() -> None:
    facts = ItemFacts(ID, "accepted-risk", "2025-01-16", "sre", "high", "2025-06-30", waived_until="2025-02-01")
    made = item_of(facts)
    assert isinstance(made, ActionItem)
    assert (made.last_day, made.waiver and made.waiver.until) == (dt.date(2025, 6, 30), dt.date(2025, 2, 1))
