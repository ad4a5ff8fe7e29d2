"""IB411: what is merged leads to an incident that is not."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from incidentbook.finding import Finding

A, B = "incidents/2025/INC-2025-002.yml", "incidents/2025/INC-2025-003.yml"
Said = Callable[..., list[str]]


def record(number: int, status: str, links: str = "") -> str:
    return (
        f"id: INC-2025-00{number}\ntitle: x\nstatus: {status}\nseverity: sev3\n"
        f"milestones: {{started: 2025-01-15T02:30:00Z}}\n{links and f'links: {{{links}}}'}\n"
    )


def test_merged_into_what_is_merged(check: Callable[..., list[Finding]]) -> None:
    (found,) = check(
        {A: record(2, "merged", "merged_into: INC-2025-003"), B: record(3, "merged", "merged_into: INC-2025-001")}
    )
    assert (found.code, found.path, found.span.line, found.span.column) == ("IB411", A, 6, 22)
    assert found.message == "This incident is merged into INC-2025-003, which is merged itself"
    assert found.hint == "Link to INC-2025-001 at once."
    assert [(near.path, near.span.line, near.span.column) for near in found.related] == [(B, 3, 9)]


def test_duplicate_of_what_was_cancelled(said: Said) -> None:
    assert said({A: record(2, "declared", "duplicate_of: INC-2025-003"), B: record(3, "cancelled")}) == [
        f"{A}:6:23 IB411 This incident is a duplicate of INC-2025-003, which is cancelled itself"
    ]


def test_merged_and_not_merged(said: Said) -> None:
    assert said({A: record(2, "declared", "merged_into: INC-2025-001")}) == [
        f"{A}:3:9 IB411 This incident is merged into INC-2025-001, and its status is `declared`"
    ]


@pytest.mark.parametrize("link", ["merged_into: INC-2025-001", "duplicate_of: INC-2025-001, merged_into: INC-2025-001"])
def test_one_step_is_enough(said: Said, link: str) -> None:
    assert said({A: record(2, "merged", link)}) == []


def test_a_link_to_nothing_is_said_once(said: Said) -> None:
    assert [line.split()[1] for line in said({A: record(2, "merged", "merged_into: INC-2025-099")})] == ["IB405"]


def test_a_record_without_a_status_is_said_by_the_schema_alone(said: Said) -> None:
    text = record(2, "", "merged_into: INC-2025-001").replace("status: \n", "")
    assert not [line for line in said({A: text}) if "IB411" in line]


@pytest.mark.parametrize("status", ["merged", "declared"])
def test_a_link_to_itself_is_no_chain(said: Said, status: str) -> None:
    found = said({A: record(2, status, "merged_into: INC-2025-002")})
    assert [line.split()[1] for line in found] == ["IB410"]


def test_both_links_are_followed(said: Said) -> None:
    links = "duplicate_of: INC-2025-002, merged_into: INC-2025-003"
    found = said({A: record(2, "merged", links), B: record(3, "cancelled")})
    assert [line.split()[1] for line in found] == ["IB410", "IB411"]


def test_two_that_are_merged_into_each_other_tell_no_story(check: Callable[..., list[Finding]]) -> None:
    found = check(
        {A: record(2, "merged", "merged_into: INC-2025-003"), B: record(3, "merged", "merged_into: INC-2025-002")}
    )
    assert [(one.code, one.path, one.span.column, one.message, one.hint) for one in found] == [
        ("IB411", path, 22, f"This incident and {other} are merged into each other",
         "Let one of the two stand by itself, with the status that it had.")
        for path, other in ((A, "INC-2025-003"), (B, "INC-2025-002"))
    ]  # fmt: skip
