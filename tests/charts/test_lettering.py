"""Text in pictures of our own: its lines fit their room, nothing is lost but behind an ellipsis."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from incidentbook.charts import lettering


@given(st.text(max_size=200))
def test_lines_fit_their_room(text: str) -> None:
    made = lettering.lines(text, 13, 120, 4)
    assert 1 <= len(made) <= 4
    assert all(lettering.width(line, 13) <= 120 for line in made)


@given(st.lists(st.text("abcdefg", min_size=1, max_size=30), max_size=8))
def test_no_word_is_lost(words: list[str]) -> None:
    made = lettering.lines(" ".join(words), 13, 120, 99)
    assert "".join(made).replace(" ", "") == "".join(words)


def test_what_does_not_fit_is_an_ellipsis() -> None:
    assert lettering.lines("one two three four five six seven", 13, 82, 2) == ["one two", "three four…"]


def test_wide_letters_take_more_room() -> None:
    assert lettering.width("漢字", 10) > lettering.width("mm", 10) > lettering.width("ii", 10)
