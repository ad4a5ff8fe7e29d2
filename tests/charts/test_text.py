"""A chart in a terminal: bars in proportion, never wider than asked, and nothing that steers the terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from chart_data import knowledge_base, scope
from incidentbook.charts import text
from incidentbook.charts.data import Bar, Data
from incidentbook.terminal_text import width

BARS = st.builds(
    Bar, st.text(max_size=60), st.none() | st.floats(-5, 1e9), st.text(max_size=12), st.sampled_from(["", "beyond"])
)


def made(*bars: Bar) -> Data:
    return scope(knowledge_base()).data("x", "X", "x", bars=bars)


def test_bars_are_in_proportion() -> None:
    found = list(
        text.lines(made(Bar("a", 4, "4"), Bar("bb", 2, "2", "odd"), Bar("c", 0, "0"), Bar("d", None, "N/A")), 80)
    )
    assert found == [
        "a   4    ████████████████████████████████████████",
        "bb  2    ████████████████████                      odd",
        "c   0",
        "d   N/A",
    ]


def test_nothing_is_drawn_of_nothing() -> None:
    assert list(text.lines(made(), 80)) == []
    assert list(text.lines(made(Bar("a", 0, "0")), 80)) == ["a  0"]


def test_a_long_name_is_cut() -> None:
    (line,) = text.lines(made(Bar("x" * 50, 1, "1")), 80)
    assert line.startswith("x" * 31 + "…  1")


@given(st.lists(BARS, max_size=6), st.integers(40, 120))
def test_no_line_is_wider_than_asked_and_none_steers_the_terminal(bars: list[Bar], columns: int) -> None:
    for line in text.lines(made(*bars), columns):
        assert len(line) <= columns
        assert all(character.isprintable() for character in line)
        assert width(line) <= 2 * columns
