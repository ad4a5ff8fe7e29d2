"""What a merge makes of what two people did to one record, example by example."""

from __future__ import annotations

import pytest

from incidentbook import source
from incidentbook.merge import Merged, by_lines, merge

BASE = """\
# yaml-language-server: $schema=../../schemas/incident.schema.json
id: INC-2025-001
title: Checkout fails
status: declared
severity: sev2
services: [api]
milestones:
  started: 2025-01-15T02:30:00Z
transitions:
  - {id: T1, to: declared, at: 2025-01-15T02:31:00Z}
severity_history:
  - {id: S1, to: sev2, at: 2025-01-15T02:31:00Z}
roles:
  - {id: R1, role: incident-commander, holder: sre, from: 2025-01-15T02:32:00Z}
timeline:
  - {id: E1, at: 2025-01-15T02:31:00Z, text: Declared}  # by hand
"""


def merged(ours: str, theirs: str, base: str = BASE, *, markdown: bool = False) -> Merged:
    """Return the merge, which has to come out the same by what it says whoever merges."""
    made = merge(base, ours, theirs, by_lines.merge_text, markdown=markdown)
    if not made.conflicts and not markdown:
        other = merge(base, theirs, ours, by_lines.merge_text)
        assert source.load(other.text).value == source.load(made.text).value
    return made


def changed(old: str, new: str, text: str = BASE) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


def entry(name: str, minute: int, text: str, base: str = BASE) -> str:
    return f"{base}  - {{id: {name}, at: 2025-01-15T02:{minute}:00Z, text: {text}}}\n"


def test_entries_of_both_stand_in_the_order_of_time() -> None:
    made = merged(entry("E3", 45, "third"), entry("E2", 40, "second"))
    assert made == Merged(entry("E3", 45, "third", entry("E2", 40, "second")))


def test_one_value_changed_on_each_side_is_taken_from_each() -> None:
    made = merged(changed("title: Checkout fails", "title: Checkout fails for all"), changed("[api]", "[api, search]"))
    assert made.conflicts == ()
    assert "title: Checkout fails for all\n" in made.text
    assert "services: [api, search]\n" in made.text


def test_two_sets_are_united_and_what_one_took_out_stays_out() -> None:
    base = changed("[api]", "[api, old]")
    made = merged(changed("[api, old]", "[api, old, auth]", base), changed("[api, old]", "[api, search]", base), base)
    assert source.load(made.text).value["services"] == ["api", "auth", "search"]


def step(to: str, name: str, minute: int) -> str:
    line = f"  - {{id: {name}, to: {to}, at: 2025-01-15T02:{minute}:00Z}}\n"
    return changed("status: declared", f"status: {to}", changed("severity_history:", f"{line}severity_history:"))


def test_the_status_is_that_of_the_later_change() -> None:
    made = merged(step("identified", "T2", 40), step("mitigated", "T3", 50))
    plain = source.load(made.text).value
    assert made.conflicts == ()
    assert plain["status"] == "mitigated"
    assert [change["to"] for change in plain["transitions"]] == ["declared", "identified", "mitigated"]


def test_it_was_acknowledged_when_it_first_was() -> None:
    sides = [changed("  started:", f"  acknowledged: 2025-01-15T02:{minute}:00Z\n  started:") for minute in (36, 34)]
    made = merged(*sides)
    assert source.load(made.text).value["milestones"]["acknowledged"] == "2025-01-15T02:34:00Z"
    assert made.conflicts == ()


def test_a_role_that_both_gave_goes_to_the_later() -> None:
    def given(name: str, holder: str, minute: int) -> str:
        new = f"  - {{id: {name}, role: incident-commander, holder: {holder}, from: 2025-01-15T02:{minute}:00Z}}\n"
        text = changed("from: 2025-01-15T02:32:00Z}", f"from: 2025-01-15T02:32:00Z, to: 2025-01-15T02:{minute}:00Z}}")
        return changed("timeline:", f"{new}timeline:", text)

    made = merged(given("R2", "devops", 40), given("R3", "platform", 50))
    roles = source.load(made.text).value["roles"]
    assert made.conflicts == ()
    assert [(role["holder"], role.get("to", "")[11:16]) for role in roles] == [
        ("sre", "02:40"),
        ("devops", "02:50"),
        ("platform", ""),
    ]


def test_a_true_conflict_is_on_its_field_alone() -> None:
    ours = entry("E2", 40, "ours", changed("title: Checkout fails", "title: Checkout fails for all"))
    theirs = entry("E3", 45, "theirs", changed("title: Checkout fails", "title: Some payments fail"))
    made = merged(ours, theirs)
    assert made.conflicts == ("title",)
    assert made.text.startswith(
        "# yaml-language-server: $schema=../../schemas/incident.schema.json\n"
        "id: INC-2025-001\n"
        "<<<<<<< ours\n"
        "title: Checkout fails for all\n"
        "=======\n"
        "title: Some payments fail\n"
        ">>>>>>> theirs\n"
        "status: declared\n"
    )
    assert made.text.count("<<<<<<<") == 1
    assert made.text.index("text: ours") < made.text.index("text: theirs")


def test_what_one_deleted_and_the_other_changed_is_a_conflict() -> None:
    ours = changed("  - {id: E1, at: 2025-01-15T02:31:00Z, text: Declared}  # by hand\n", "  []\n")
    theirs = changed("text: Declared", "text: Declared by the monitor")
    made = merged(ours, theirs)
    assert made.conflicts
    assert "Declared by the monitor" in made.text


def test_what_one_deleted_and_the_other_left_alone_is_gone() -> None:
    two = entry("E2", 40, "wrong")
    made = merged(BASE, entry("E3", 45, "new", two), two)
    assert made.conflicts == ()
    assert [item["id"] for item in source.load(made.text).value["timeline"]] == ["E1", "E3"]


def test_comments_of_both_sides_stay() -> None:
    ours = changed("severity: sev2", "severity: sev2  # by the matrix")
    theirs = entry("E2", 40, "new", changed("roles:", "# who does what\nroles:"))
    made = merged(ours, theirs)
    for comment in ("# by the matrix", "# who does what", "# by hand"):
        assert made.text.count(comment) == 1


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_line_ends_and_a_mark_at_the_start_stay_as_ours(newline: str) -> None:
    sides = [("\ufeff" + text).replace("\n", newline) for text in (BASE, entry("E2", 40, "a"), entry("E3", 45, "b"))]
    made = merged(sides[1], sides[2], sides[0])
    assert made.text == ("\ufeff" + entry("E3", 45, "b", entry("E2", 40, "a"))).replace("\n", newline)


POSTMORTEM = """\
---
incidents: [INC-2025-001]
status: draft
action_items:
  - id: AI-2025-001-1
    title: Fix the script
    status: proposed
---

## What went well

- Declared quickly

## What could be improved

- Testing
"""


def test_action_items_are_known_by_their_ids_and_prose_is_merged_by_lines() -> None:
    second = "  - id: AI-2025-001-2\n    title: Drill\n    status: proposed\n---\n"
    ours = changed(
        "    status: proposed\n---\n",
        f"    status: in-progress\n    owner: sre\n    due: 2025-02-01\n{second}",
        POSTMORTEM,
    )
    theirs = changed("- Testing\n", "- Testing\n- Alerts\n", changed("status: draft", "status: in-review", POSTMORTEM))
    made = merged(ours, theirs, POSTMORTEM, markdown=True)
    assert made.conflicts == ()
    plain = source.load_front_matter(made.text).value
    assert (plain["status"], [item["status"] for item in plain["action_items"]]) == (
        "in-review",
        ["in-progress", "proposed"],
    )
    assert made.text.endswith("- Testing\n- Alerts\n")


def test_the_same_item_changed_on_both_sides_is_merged_field_by_field() -> None:
    ours = changed("status: proposed", "status: cancelled", POSTMORTEM)
    theirs = changed("title: Fix the script", "title: Fix the failover script", POSTMORTEM)
    item = source.load_front_matter(merged(ours, theirs, POSTMORTEM, markdown=True).text).value["action_items"][0]
    assert (item["title"], item["status"]) == ("Fix the failover script", "cancelled")


def test_prose_that_both_rewrote_is_left_to_people() -> None:
    ours, theirs = (changed("- Testing", f"- Testing {side}", POSTMORTEM) for side in ("ours", "theirs"))
    made = merged(ours, theirs, POSTMORTEM, markdown=True)
    assert made.conflicts == ("the text below the front matter",)
    assert "<<<<<<< ours\n- Testing ours\n" in made.text
