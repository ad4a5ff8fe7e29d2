"""What becomes of each kind of change, on a small record."""

from __future__ import annotations

import pytest

from incidentbook.merge import UnweavableError, merge
from incidentbook.merge.by_lines import merge_text
from merge_examples import RECORD, TIME, after, below, both, taken


def test_what_each_side_changed_is_taken_and_every_other_byte_stays() -> None:
    ours, theirs = ("title: Checkout fails", "title: Checkout is down"), ('"alert"', "'an alert'")
    assert taken([ours], [theirs]) == after(RECORD, ours, theirs)


def test_entries_of_both_sides_stand_in_the_order_of_time_with_their_comments() -> None:
    end = "    text: found\n"
    ours = [(end, f"{end}  - {{id: t4, at: {TIME.format('02:50')}, text: ours}}  # mine\n")]
    theirs = [
        (end, f"{end}  # theirs\n  - id: t3\n    at: {TIME.format('02:45')}\n    text: |\n      two\n      lines\n")
    ]
    expected = f"{end}{theirs[0][1].removeprefix(end)}{ours[0][1].removeprefix(end)}"
    assert taken(ours, theirs) == after(RECORD, (end, expected))
    assert taken(theirs, ours) == after(RECORD, (end, expected))


def test_an_entry_of_another_indentation_is_moved_into_ours() -> None:
    theirs = RECORD.replace("\n  - {id: x1", "\n- {id: x1").replace(
        "severity_history:", f"- id: x3\n  to: resolved\n  at: {TIME.format('03:00')}\nseverity_history:"
    )
    ours = after(
        RECORD,
        ("title: Checkout", "title: Our checkout"),
        below("transitions", f"  - {{id: x2, to: identified, at: {TIME.format('02:50')}}}"),
    )
    text = merge(RECORD, ours, theirs, merge_text).text
    assert f"  - id: x3\n    to: resolved\n    at: {TIME.format('03:00')}\n" in text


def test_plain_words_are_united_as_a_set() -> None:
    text = taken([("[api, db]", "[api, db, web]")], [("[api, db]", "[cache, api]")])
    assert "services: [cache, api, web]  # two\n" in text


def test_an_entry_taken_away_on_one_side_goes() -> None:
    text = taken([('  - {id: t1, at: 2025-01-15T02:30:00Z, text: "alert"}\n', "")], [("text: found", "text: found it")])
    assert "t1" not in text
    assert "found it" in text


def test_an_entry_taken_away_and_changed_is_a_conflict() -> None:
    line = '  - {id: t1, at: 2025-01-15T02:30:00Z, text: "alert"}\n'
    result = both([(line, "")], [('"alert"', '"alarm"')])
    assert result.conflicts == ("timeline[t1]",)
    assert f"<<<<<<< ours\n=======\n{line.replace('alert', 'alarm')}>>>>>>> theirs\n" in result.text


def test_a_true_conflict_stands_on_just_that_field_with_both_values() -> None:
    result = both(
        [("title: Checkout fails", "title: A"), ("text: found", "text: ours")],
        [("title: Checkout fails", "title: B"), ("[api, db]", "[api]"), ("text: found", "text: theirs")],
    )
    assert result.conflicts == ("title", "timeline[t2].text")
    assert (
        "<<<<<<< ours\ntitle: A   # as customers say\n=======\ntitle: B   # as customers say\n>>>>>>> theirs\nstatus: declared\n"
        in result.text
    )
    assert (
        "    at: 2025-01-15T02:40:00Z\n<<<<<<< ours\n    text: ours\n=======\n    text: theirs\n>>>>>>> theirs\n"
        in result.text
    )
    assert "services: [api]  # two\n" in result.text


def test_a_conflict_within_a_line_names_the_field_and_shows_two_lines_that_differ_in_it_alone() -> None:
    result = both(
        [('"alert"', '"A"')],
        [('"alert"', '"B"'), ("id: t1, at: 2025-01-15T02:30:00Z", "id: t1, at: 2025-01-15T02:31:00Z")],
    )
    assert result.conflicts == ("timeline[t1].text",)
    assert result.text.count("{id: t1, at: 2025-01-15T02:31:00Z, text: ") == 2


def test_markers_are_as_long_as_git_asks() -> None:
    ours, theirs = (after(RECORD, ("title: Checkout fails", f"title: {name}")) for name in "AB")
    assert f"\n{'<' * 11} ours\n" in merge(RECORD, ours, theirs, merge_text, size=11).text


def test_what_has_no_id_is_known_by_what_it_says() -> None:
    text = taken(
        [("status: planned", "status: done")],
        [("    - {text: Restart", "    - {text: Drain, status: done}\n    - {text: Restart")],
    )
    assert "    - {text: Drain, status: done}\n    - {text: Restart, status: done}\n" in text


def test_a_comment_behind_the_same_value_on_both_sides_is_kept_above_it() -> None:
    text = taken([("# as customers say", "# ours")], [("# as customers say", "# theirs")])
    assert "\n# theirs\ntitle: Checkout fails   # ours\n" in text


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(newline: str, mark: str) -> None:
    sides = (RECORD, after(RECORD, ("title: C", "title: Our c")), after(RECORD, ("text: found", "text: found it")))
    base, ours, theirs = (f"{mark}{text}".replace("\n", newline) for text in sides)
    text = merge(base, ours, theirs, merge_text).text
    assert text == f"{mark}{after(sides[1], ('text: found', 'text: found it'))}".replace("\n", newline)


def test_a_last_line_without_an_end_stays_one() -> None:
    sides = (RECORD, after(RECORD, ("title: C", "title: Our c")), after(RECORD, ("text: found", "text: found it")))
    assert not merge(*(text.removesuffix("\n") for text in sides), merge_text).text.endswith("\n")


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        ("id: [\n", "theirs, line 2: A value is expected"),
        ("a: 1\na: 2\n", "theirs, line 2: The key `a` is given twice"),
        ("- 1\n", "theirs, it is no mapping"),
        ("{a: 1}\n", "theirs, all of it is written in braces"),
        ("a: &x 1\nb: *x\n", "theirs, it holds an alias, an anchor or a tag"),
        ("a: 1\r\nb: 2\n", "theirs, its lines end in more than one way"),
        ("? a\n: 1\n", "theirs, "),
        ("a: 1\n---\n", "theirs, "),
    ],
)
def test_what_cannot_be_merged_by_what_it_says_is_refused_with_a_reason(broken: str, why: str) -> None:
    with pytest.raises(UnweavableError, match=why.replace("(", r"\(")):
        merge(RECORD, after(RECORD, ("title: C", "title: Our c")), broken, merge_text)


def test_occurrences_of_an_action_item_are_known_by_their_days() -> None:
    head = "---\nincidents: [INC-2025-001]\naction_items:\n  - id: AI-2025-001-1\n    occurrences:\n"
    base, ours, theirs = (
        head + "".join(f"      - {{due: 2025-01-{day}, reason: x}}\n" for day in days) + "---\n"
        for days in (["01"], ["01", "08"], ["01", "15"])
    )
    done = merge(base, ours.replace("01, reason: x", "01, reason: y"), theirs, merge_text, markdown=True)
    assert not done.conflicts
    assert [done.text.count(f"2025-01-{day}") for day in ("01", "08", "15")] == [1, 1, 1]
    assert "01, reason: y" in done.text
