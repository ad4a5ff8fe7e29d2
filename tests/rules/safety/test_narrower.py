"""IB908 and IB909: what is narrower than its record stays where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Said = Callable[..., list[str]]
Base = Callable[..., str]
RECORD = "incidents/2025/INC-2025-001.yml"
POSTMORTEM = "postmortems/2025/INC-2025-001.md"
PLAYBOOK = "playbooks/availability/database-failover.md"
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


INTERNAL = "disclosure: internal"


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        ("Audit keys were rotated", True),
        ("The phase was named X", True),
        ("Keys were rotated", False),
        ("eu-west-1.db-2", False),
        ("keys - - - rotated", False),
    ],
)
def test_four_words_are_no_chance(said: Said, base: Base, text: str, *, repeated: bool) -> None:
    record = base(RECORD, "text: Every request ends in an error}", f"text: {text}, {INTERNAL}}}")
    found = said({RECORD: f"{record}summary: Before, {text.lower()}.\n"})
    message = f"{RECORD}:27:18 IB908 This repeats an internal text where public readers see it"
    assert found == ([message] if repeated else [])


def test_each_narrower_text_is_a_repetition_of_its_own(said: Said, base: Base) -> None:
    long = "Nobody had told the vendor of the vault that its audit keys were rotated early"
    record = with_entry(base, "disclosure: restricted", f"{long} and {WORDS}")
    record = record.replace("text: Requests succeed again}", f"text: {long}, {INTERNAL}}}")
    assert said({RECORD: record}) == [
        f"{RECORD}:27:10 IB908 This repeats an internal text where public readers see it",
        f"{RECORD}:27:{10 + len(long) + 5} IB908 This repeats a restricted text where public readers see it",
    ]


def test_a_field_within_a_field_is_narrower(said: Said, base: Base) -> None:
    record = base(RECORD, "impact:\n", f"impact:\n  summary: {WORDS}\n")
    record += f"summary: {WORDS}\nfield_disclosure: {{impact.summary: internal}}\n"
    (found,) = said({RECORD: record})
    assert found.startswith(f"{RECORD}:28:10 IB908 ")


def test_a_narrower_post_mortem_is_repeated_in_the_record(said: Said, base: Base) -> None:
    text = base(POSTMORTEM, "status: published\n", f"status: published\n{INTERNAL}\n")
    found = said({POSTMORTEM: text})
    assert [line for line in found if "IB908" in line] == [
        f"{RECORD}:23:33 IB908 This repeats an internal text where public readers see it",
        f"{RECORD}:25:22 IB908 This repeats an internal text where public readers see it",
    ]


def test_a_post_mortem_repeats_none_of_its_incidents(said: Said, base: Base) -> None:
    text = base(POSTMORTEM, "[INC-2025-001]", "[INC-2025-001, INC-2025-002]") + f"\n{WORDS}.\n"
    found = said({RECORD: with_entry(base, INTERNAL, "All was well."), HIDDEN: hidden("public"), POSTMORTEM: text})
    message = f"{POSTMORTEM}:18:1 IB908 This repeats an internal text where public readers see it"
    assert [line for line in found if "IB908" in line] == [message]


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


def test_of_several_names_the_hidden_one_is_told(said: Said, base: Base) -> None:
    text = "As in INC-2025-001, INC-2025-999 and INC-2025-002"
    found = said({HIDDEN: hidden("internal"), RECORD: f"{base(RECORD)}summary: {text}\n"})
    (line,) = [line for line in found if "IB909" in line]
    assert line.startswith(f"{RECORD}:27:{10 + text.rindex('INC')} IB909 INC-2025-002 is internal")


@pytest.mark.parametrize(("level", "named"), [("public", True), ("restricted", False)])
def test_a_playbook_names_a_narrower_record(said: Said, base: Base, level: str, *, named: bool) -> None:
    playbook = base(PLAYBOOK, "status: active\n", f"status: active\ndisclosure: {level}\n") + "See INC-2025-002.\n"
    found = [line for line in said({HIDDEN: hidden("internal"), PLAYBOOK: playbook}) if "IB909" in line]
    assert found == ([f"{PLAYBOOK}:13:5 IB909 INC-2025-002 is internal, and this text is public"] if named else [])


def test_fields_and_narrow_entries_may_name_it(said: Said, base: Base) -> None:
    record = with_entry(base, "disclosure: restricted", "All was well.").replace(WORDS, "As in INC-2025-002")
    record += "links: {related: [INC-2025-002]}\n"
    assert [line for line in said({HIDDEN: hidden("restricted"), RECORD: record}) if "IB909" in line] == []


@pytest.mark.parametrize("level", ["[internal]", "{internal: true}", "3", "secret"])
def test_a_level_that_is_none_keeps_no_text_from_being_read(said: Said, base: Base, level: str) -> None:
    record = with_entry(base, f"disclosure: {level}", "All was well.").replace(WORDS, "As in INC-2025-002")
    found = [line.split()[1] for line in said({HIDDEN: hidden("restricted"), RECORD: record})]
    assert found.count("IB909") == 1
    assert {*found} <= {"IB103", "IB104", "IB909"}
