"""Text in terminal columns."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from incidentbook.cli._columns import cut, pad, wrap
from incidentbook.terminal_text import width

texts = st.text(alphabet=st.sampled_from("ab c\u6e2f\U0001f6a2e\u0301"), max_size=60)


@given(texts, st.integers(2, 30), st.integers(1, 4))
def test_a_wrapped_text_stays_in_its_room(text: str, columns: int, lines: int) -> None:
    parts = wrap(text, columns, lines)
    assert 1 <= len(parts) <= lines
    assert all(width(part) <= columns for part in parts)


@given(texts, st.integers(2, 30))
def test_nothing_is_lost_where_there_are_lines_enough(text: str, columns: int) -> None:
    parts = wrap(text, columns, 100)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(texts, st.integers(0, 30))
def test_a_cut_text_fits_and_says_that_it_is_cut(text: str, columns: int) -> None:
    short = cut(text, columns)
    assert width(short) <= columns
    assert short in (text, "") or short.endswith("…")


def test_between_words_and_inside_one_that_is_too_long() -> None:
    assert wrap("one two three", 8, 3) == ["one two", "three"]
    assert wrap("one two three", 7, 3) == ["one two", "three"]
    assert wrap("onetwothree", 4, 2) == ["onet", "wot…"]
    assert wrap("港港港", 4, 2) == ["港港", "港"]
    assert wrap("", 4, 2) == [""]


def test_padded_by_what_it_takes_on_the_screen() -> None:
    assert (pad("港", 4), pad("abcd", 2)) == ("港  ", "abcd")
