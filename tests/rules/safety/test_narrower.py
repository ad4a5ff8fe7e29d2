"""IB908 and IB909: what is narrower than its record stays where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]
Base = Callable[..., str]
RECORD = "incidents/2025/INC-2025-001.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
HIDDEN = "incidents/2025/INC-2025-002.yml"
WORDS = "The audit keys of the vault were rotated"


def with_entry(base: Base, entry: str, summary: str) -> str:
    text = base(RECORD, "text: Every request ends in an error}", f"text: {WORDS}, {entry}}}")
    return text + f"summary: {summary}\n"


@pytest.mark.parametrize("entry", ["disclosure: internal", "disclosure: restricted", "private: true"])
def test_a_narrower_entry_is_repeated(said: Said, base: Base, entry: str) -> None:
    level = "an internal" if "internal" in entry else "a restricted"
    (found,) = said({RECORD: with_entry(base, entry, "Before, the audit  keys of the vault were rotated.")})
    assert found == f"{RECORD}:27:18 IB908 This repeats {level} text where public readers see it"


def test_in_the_post_mortem_and_by_field(said: Said, base: Base) -> None:
    record = base(RECORD) + f"summary: {WORDS}.\nfield_disclosure: {{summary: internal}}\n"
    body = base(POSTMORTEM) + f"\nNote: {WORDS} early.\n"
    (found,) = said({RECORD: record, POSTMORTEM: body})
    assert found == f"{POSTMORTEM}:18:7 IB908 This repeats an internal text where public readers see it"


@pytest.mark.parametrize(
    ("entry", "summary"),
    [
        ("disclosure: public", f"Before, {WORDS}."),
        ("disclosure: internal", "Keys of the vault were rotated."),
        ("disclosure: internal", f"{WORDS}time and again."),
    ],
)
def test_nothing_narrower_is_repeated(said: Said, base: Base, entry: str, summary: str) -> None:
    assert said({RECORD: with_entry(base, entry, summary)}) == []


def hidden(level: str) -> str:
    return (
        "id: INC-2025-002\ntitle: A key was exposed\nstatus: declared\nseverity: sev3\n"
        f"disclosure: {level}\nmilestones: {{started: 2025-01-15T02:30:00Z}}\n"
    )


@pytest.mark.parametrize(("level", "named"), [("public", False), ("internal", True), ("restricted", True)])
def test_a_text_names_a_narrower_record(said: Said, base: Base, level: str, *, named: bool) -> None:
    found = said({HIDDEN: hidden(level), RECORD: base(RECORD) + "summary: As in INC-2025-002, again.\n"})
    message = f"{RECORD}:27:16 IB909 INC-2025-002 is {level}, and this text is public"
    assert [line for line in found if "IB909" in line] == ([message] if named else [])


def test_fields_and_narrow_entries_may_name_it(said: Said, base: Base) -> None:
    record = with_entry(base, "disclosure: restricted", "All was well.").replace(WORDS, "As in INC-2025-002")
    record += "links: {related: [INC-2025-002]}\n"
    assert [line for line in said({HIDDEN: hidden("restricted"), RECORD: record}) if "IB909" in line] == []
