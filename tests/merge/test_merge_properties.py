"""What holds for every merge: nothing is lost, no comment either, and it does not matter whose work is merged into whose."""

from __future__ import annotations

from collections import Counter
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from incidentbook import schema, source
from incidentbook.merge import Merged, conflicted, merge
from incidentbook.merge.by_lines import merge_text
from incidentbook.merge.tree import canonical
from merge_cases import LISTS, SETS, Change, Side, at, bases, changed, changes, name, places


@st.composite
def three(draw: st.DrawFn) -> tuple[Side, Side, Side]:
    """Draw a record and what two people make of it."""
    base = draw(bases())
    return base, changed(base, draw(changes(base, "O"))), changed(base, draw(changes(base, "T")))


def merged(base: Side, ours: Side, theirs: Side) -> Merged:
    return merge(base.text(), ours.text(), theirs.text(), merge_text)


def read(text: str) -> Any:
    document = source.load(text)
    assert not document.problems, document.problems
    return document.value


@given(three())
@settings(max_examples=60)
def test_the_texts_of_these_tests_say_what_they_should(sides: tuple[Side, Side, Side]) -> None:
    for side in sides:
        assert canonical(read(side.text())) == canonical(side.data)


@given(three())
@settings(max_examples=60)
def test_merging_the_same_or_nothing_changes_no_byte(sides: tuple[Side, Side, Side]) -> None:
    base, ours, _ = (side.text() for side in sides)
    assert merge(base, ours, ours, merge_text) == Merged(ours)
    assert merge(base, base, ours, merge_text) == Merged(ours)
    assert merge(base, ours, base, merge_text) == Merged(ours)


@given(three())
@settings(max_examples=60)
def test_merging_again_changes_nothing(sides: tuple[Side, Side, Side]) -> None:
    base, ours, theirs = (side.text() for side in sides)
    once = merge(base, ours, theirs, merge_text)
    assume(not once.conflicts)
    for side in (ours, theirs):
        assert merge(base, once.text, side, merge_text) == once
        assert merge(side, once.text, side, merge_text) == once


@given(three())
@settings(max_examples=60)
def test_it_does_not_matter_whose_work_is_merged_into_whose(sides: tuple[Side, Side, Side]) -> None:
    base, ours, theirs = sides
    one, other = merged(base, ours, theirs), merged(base, theirs, ours)
    assert sorted(one.conflicts) == sorted(other.conflicts)
    if not one.conflicts:
        assert canonical(read(one.text)) == canonical(read(other.text))


@given(three())
@settings(max_examples=60)
def test_every_entry_that_nobody_took_away_is_there_once(sides: tuple[Side, Side, Side]) -> None:
    result = merged(*sides)
    assume(not result.conflicts)
    data = read(result.text)
    for where in (*LISTS, *SETS):
        base, ours, theirs = ({name(item) for item in at(side.data, where) or []} for side in sides)
        there = Counter(name(item) for item in at(data, where) or [])
        assert there == Counter((ours & theirs) | (ours - base) | (theirs - base)), where


@given(three())
@settings(max_examples=60)
def test_every_value_that_only_one_side_changed_is_taken(sides: tuple[Side, Side, Side]) -> None:
    _, ours, theirs = sides
    result = merged(*sides)
    assume(not result.conflicts)
    data = read(result.text)
    for where in {*places(ours.data), *places(theirs.data)}:
        was, one, other = (at(side.data, where) for side in sides)
        if isinstance(one or other, dict | list):
            continue
        if other in (was, one):
            assert at(data, where) == one or at(ours.data, where[:-1]) is None, where
        elif one == was:
            assert at(data, where) == other or at(theirs.data, where[:-1]) is None, where


@given(three())
@settings(max_examples=60)
def test_no_comment_of_either_side_is_lost(sides: tuple[Side, Side, Side]) -> None:
    base, ours, theirs = (side.comments() for side in sides)
    text = merged(*sides).text
    kept = {comment for comment in (ours - base) | (theirs - base) | (ours & theirs) if comment not in text}
    assert not kept


def _apart(one: Change, other: Change) -> bool:
    """Whether two changes are of different things."""
    if one.kind == other.kind == "add" and one.where == other.where:
        return name(one.value) != name(other.value)
    reach = [(*c.where, name(c.value)) if c.kind == "add" else c.where for c in (one, other)]
    least = min(map(len, reach))
    return reach[0][:least] != reach[1][:least]


@st.composite
def disjoint(draw: st.DrawFn) -> tuple[Side, Side, Side]:
    """Draw what two people make of a record who do not touch the same thing."""
    base = draw(bases())
    ours = draw(changes(base, "O"))
    theirs = [change for change in draw(changes(base, "T")) if all(_apart(change, other) for other in ours)]
    return base, changed(base, ours), changed(base, theirs)


@given(disjoint())
@settings(max_examples=60)
def test_changes_of_different_things_never_conflict(sides: tuple[Side, Side, Side]) -> None:
    assert merged(*sides).conflicts == ()


@given(three())
@settings(max_examples=60)
def test_what_was_valid_stays_valid(sides: tuple[Side, Side, Side]) -> None:
    assume(all(schema.valid("incident", side.data) for side in sides))
    result = merged(*sides)
    assume(not result.conflicts)
    assert schema.valid("incident", read(result.text)), list(schema.errors("incident", read(result.text)))


@st.composite
def disputed(draw: st.DrawFn) -> tuple[Side, Side, Side]:
    """Draw what two people make of a record who do not agree on its title, and on what an entry says."""
    base, ours, theirs = draw(three())
    for side, who in ((ours, "O"), (theirs, "T")):
        side.data["title"] = f"{who} says so"
        side.data["roles"] = [{"id": "r9", "role": "scribe", "holder": who.lower(), "from": "2025-01-15T02:33:00Z"}]
    return base, ours, theirs


@given(disputed())
@settings(max_examples=60)
def test_both_sides_can_be_read_out_of_a_text_with_conflicts(sides: tuple[Side, Side, Side]) -> None:
    result = merged(*sides)
    assert {"title", "roles[r9].holder"} <= {*result.conflicts}
    found = conflicted.sides(result.text)
    assert read(found.ours)["title"] == "O says so"
    assert read(found.theirs)["title"] == "T says so"
    again = merge(sides[0].text(), found.ours, found.theirs, merge_text)
    assert again == result
