"""A report as text: 80 columns, plain characters, nothing that steers a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.report_model import (
    Bullets,
    Cards,
    Fields,
    Group,
    Log,
    Numbered,
    Paragraph,
    Section,
    fields,
    group,
    section,
)  # fmt: skip
from incidentbook.reports.text import render
from incidentbook.terminal_text import printable

WHOLE = Section(
    "Details",
    (
        Fields((("Owner", "SRE"), ("Due", "2025-01-16"))),
        Group("Parts", (Bullets(("one", "two")), Numbered(("first", "second")))),
        Log((("02:30:00", "Alert"),)),
        Cards((("HIGH: Mend it", (("Owner", "SRE"),)),)),
        Paragraph("Prose."),
    ),
)


def test_the_first_title_stands_alone_and_the_others_are_headings() -> None:
    assert render([Section("Report", (Paragraph("x"),)), Section("Next part", (Paragraph("y"),))]) == (
        "Report\n────────────\nx\n\nNEXT PART:\n────────────\ny\n"
    )


def test_every_kind_of_block() -> None:
    assert render([WHOLE]).split("\n", 2)[2] == (
        "Owner: SRE\nDue: 2025-01-16\n\nParts:\n• one\n• two\n1. first\n2. second\n\n02:30:00 - Alert\n\n"
        "1. HIGH: Mend it\n   Owner: SRE\n\nProse.\n"
    )


def test_long_lines_are_wrapped_under_their_text() -> None:
    lines = render([Section("R", (Bullets(("word " * 40,)),))], width=40).splitlines()
    assert max(map(len, lines)) <= 40
    assert lines[2].startswith("• word")
    assert lines[3].startswith("  word")


def test_a_word_longer_than_the_line_stays_whole() -> None:
    address = "https://example.org/" + "x" * 100
    assert address in render([Section("R", (Paragraph(f"See {address} now"),))])


words = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), max_size=12).map(" ".join)


@given(words, st.integers(30, 100))
def test_no_line_is_wider_than_it_may_be_where_words_allow_it(text: str, width: int) -> None:
    out = render([Section("Title", (Bullets((text,)), Fields((("Label", text),)), Log((("02:30:00", text),))))], width)
    longest = max((len(word) for word in printable(text).split()), default=0)
    assert max(map(len, out.splitlines())) <= max(width, longest + 12)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("two\nlines\tand  blanks ", "two lines and blanks"),
        ("\x1b[31mred\x1b[0m", "[31mred [0m"),
        ("\x1b]0;title\x07", "]0;title"),
        ("a\x9b2Jb", "a 2Jb"),
        ("back\x08\x7fspace", "back space"),
        ("user\u202egnp.exe", "usergnp.exe"),  # turned direction hides an ending
        ("zero\u200bwidth", "zerowidth"),
        ("a\u2028b", "a b"),
        ("\ud800", "\ufffd"),
        ("Zürich ✓ 日本 🙂", "Zürich ✓ 日本 🙂"),
    ],
)
def test_nothing_in_a_record_steers_the_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown


@given(st.text())
def test_whatever_a_record_says_is_one_printable_line(text: str) -> None:
    shown = printable(text)
    assert shown.splitlines() in ([shown], [])
    assert "\x1b" not in shown
    assert printable(shown) == shown
    shown.encode("utf-8")


def test_what_is_empty_is_left_out() -> None:
    assert fields(("A", "x"), ("B", ""), ("C", None)) == Fields((("A", "x"),))
    assert group("G", Bullets(()), None) is None
    assert section("S", fields(("A", None)), Paragraph(""), group("G", Log(())), None) is None
    assert section("S", Bullets(()), Paragraph("x")) == Section("S", (Paragraph("x"),))
