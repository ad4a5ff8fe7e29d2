"""Sentences of Markdown and plain text: what is prose and what is not, and where exactly it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentbook.prose import Kind, flags, sentences
from incidentbook.span import Span


def texts(source: str, *, markdown: bool = True) -> list[str]:
    """Return the sentences' texts, code shown as `#`."""
    return [sentence.text.replace("\ufffc", "#") for sentence in sentences(source, markdown=markdown)]


def at(source: str, span: Span) -> str:
    """Return what stands at ``span`` of a text whose lines end in a line feed."""
    lines = source.split("\n")
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    first, last = lines[span.line - 1][span.column - 1 :], lines[span.end_line - 1][: span.end_column - 1]
    return "\n".join([first, *lines[span.line : span.end_line - 1], last])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("One. Two! Three?\n", ["One.", "Two!", "Three?"]),
        ("It broke\nat noon. We\nwaited.\n", ["It broke at noon.", "We waited."]),
        (
            "See e.g. The manual, vs. The code, etc. and so on.\n",
            ["See e.g. The manual, vs. The code, etc. and so on."],
        ),
        ("Version 1.2.3 of foo.yml broke.\n", ["Version 1.2.3 of foo.yml broke."]),
        ("Dr. Who met J. Doe. They left.\n", ["Dr. Who met J. Doe.", "They left."]),
        ("# A title #\n\nText.\n", ["A title", "Text."]),
        ("A title\n=======\nText.\n", ["A title", "Text."]),
        ("- one\n- [x] two\n  goes on\n  1. three\n", ["one", "two goes on", "three"]),
        ("| A | Bb. C |\n|---|:-:|\n| d `a\\|b` | |\n", ["A", "Bb.", "C", "d #"]),
        ("One | Two\n----|----\nsix | ten\n\nText.\n", ["One", "Two", "six", "ten", "Text."]),
        ("Run `rm -rf` on [the host](https://example.org/x_(y)).\n", ["Run # on the host ."]),
        ("See https://example.org/a.b. Then <https://example.org>.\n", ["See #.", "Then #."]),
        ("**Bold** and _it_ and snake_case ~~x~~.\n", ["Bold and it and snake_case x ."]),
        ("One<br>two <b>three</b> ![alt text](x.png)\n", ["One", "two three"]),
        ("08:15 first line\n08:20 second line\n", ["08:15 first line", "08:20 second line"]),
        ('They say "the vendor should have told us that" often.\n', ["They say # often."]),
        ('We call it "human error" here.\n', ['We call it "human error" here.']),
    ],
)
def test_prose_is_split(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "---\ntitle: We should have known.\n---\n",
        "\ufeff---\r\ntitle: x\r\n---\r\n",
        '+++\ntitle = "We should have known."\n+++\n',
        "```\nwe should have known\n```\n",
        "  ~~~ text\n  we should have known\n  ~~~\n",
        "```\nnever closed\n",
        "    indented code\n",
        "> We should have known.\nsaid they\n",
        "<!-- we should\nhave known -->\n",
        "<pre>\nwe should have known\n</pre>\n",
        "[ref]: https://example.org 'We should have known'\n",
        "***\n---\n",
        "<%= we should have known %>\n",
        "",
        "\n\n \t\n",
    ],
)
def test_what_is_no_prose_is_left_out(source: str) -> None:
    assert texts(source) == []


def test_chat_logs_are_left_out_until_the_next_heading() -> None:
    assert texts("# Chat logs\n\nWe should know.\n\n# Analysis\n\nDone.\n") == ["Analysis", "Done."]


def test_a_call_out_is_the_authors_own_voice() -> None:
    assert texts("> [!NOTE]\n> The disk\n> was full.\n") == ["The disk was full."]


def test_code_in_a_list_item_is_code_and_its_paragraphs_are_prose() -> None:
    assert texts("- item\n\n  more of it\n\n      code\n\nafter\n") == ["item", "more of it", "after"]


def test_plain_text_has_no_markup() -> None:
    assert texts("- a * b\n\n> c", markdown=False) == ["- a * b", "> c"]


def test_kind_and_section_are_known() -> None:
    found = [(sentence.kind, sentence.section) for sentence in sentences("x\n\n## **Who** was\n\n- y\n\n| z |\n")]
    assert found == [
        (Kind.PARAGRAPH, ""),
        (Kind.HEADING, "who was"),
        (Kind.ITEM, "who was"),
        (Kind.CELL, "who was"),
    ]


@pytest.mark.parametrize(
    ("source", "where", "words"),
    [
        ("Fine.\n\n- The **on-call\n  engineer** forgot to\n  look. Fine.\n", Span(4, 14, 4, 20), "forgot"),
        ("Ü 🚒 we should have known.\r\n", Span(1, 5, 1, 25), "we should have known"),
        ("| a | [We](x) _should_\thave known |\n", Span(1, 8, 1, 34), "We should have known"),
    ],
)
def test_a_flag_knows_its_place(source: str, where: Span, words: str) -> None:
    (flag,) = flags(source)
    assert (flag.span, flag.words) == (where, words)
    assert flag.message
    assert flag.suggestion


def test_a_sentence_over_several_lines_knows_its_whole() -> None:
    source = "So.  The team\nshould not have\nrushed it. So.\n"
    (flag,) = flags(source)
    assert at(source, flag.sentence.whole) == "The team\nshould not have\nrushed it."
    assert at(source, flag.span) == "team\nshould not have\nrushed"


_MARKUP = [
    "# ",
    "- ",
    "> ",
    "| ",
    "|---|\n",
    "```",
    "`",
    "``",
    "**",
    "_",
    "[",
    "](",
    ")",
    "]: ",
    '"',
    "<!-- ",
    "-->",
    "<b>",
    "<pre>",
    "\\",
]
_SPACE = ["\n", "\n\n", " ", "\t", "\r\n", "---\n", "    ", "\u2028", "\x0c"]
_PROSE = ["we should have known", ". ", "@anna ", "Dr. Doe", "🚒"]
_PIECES = st.sampled_from([*_MARKUP, *_SPACE, *_PROSE])


@settings(deadline=None)
@given(st.lists(st.one_of(_PIECES, st.text(max_size=4)), max_size=40).map("".join))
def test_every_place_holds_what_the_sentence_says(source: str) -> None:
    last = (0, 0)
    for sentence in sentences(source):
        where = sentence.whole
        assert last <= (where.line, where.column) < (where.end_line, where.end_column)
        last = (where.end_line, where.end_column)
        letters = [char for char in sentence.text if char.isalnum()]
        shown = iter(at(source, where))
        assert all(letter in shown for letter in letters if letter != "@")
    for flag in flags(source):
        assert at(source, flag.span)[0].lower() in (flag.words[0].lower(), "[")
