"""The comments of a file: each with its exact place, and the lines that it speaks of."""

from __future__ import annotations

import pytest

from incidentbook import source
from incidentbook.rules import comments
from incidentbook.rules.comments import Lines
from incidentbook.span import Span


def found(text: str, *, markdown: bool = False) -> list[tuple[str, int, int]]:
    """Return each comment's text with the first and last line of which it speaks."""
    document = source.load_front_matter(text) if markdown else source.load(text)
    return [(text[each.start : each.end], each.first, each.last) for each in comments.of(document, Lines(text))]


def in_body(body: str) -> list[tuple[str, int, int]]:
    """Do the same for a Markdown body that begins on line 4, with ``<!-- inc:`` in it so that it is looked at."""
    return found(f"---\na: 1\n---\n{body}", markdown=True)


# -- lines ---------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_lines_end_in_every_way_and_a_byte_order_mark_belongs_to_none(mark: str) -> None:
    text = f"{mark}aX\r\n\r \nd"
    lines = Lines(text)
    assert len(lines) == 4
    assert [lines.text(line) for line in range(1, 5)] == ["aX", "", " ", "d"]
    assert [text[lines.start(line) :] for line in range(1, 6)] == ["aX\r\n\r \nd", "\r \nd", " \nd", "d", ""]
    assert [lines.of(len(mark) + offset) for offset in range(9)] == [1, 1, 1, 1, 2, 3, 3, 4, 4]
    assert lines.of(0) == 1
    assert lines.span(len(mark) + 1, len(mark) + 6) == Span(1, 2, 3, 2)


# -- YAML ----------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "# one\na: 1 # two\n\n# three\nb: 2\n#four",
            [("# one", 2, 2), ("# two", 2, 2), ("# three", 5, 5), ("#four", 6, 5)],
        ),
        ("a: # key\n  1\n", [("# key", 1, 1)]),
        ("a: | # one # and so on\n  x # no\n\n# two\nb: > \n  # no\n", [("# one # and so on", 1, 3), ("# two", 5, 6)]),
        ("a: |2-\t# one\n  x\nb: >+ # two\n  x\n", [("# one", 1, 2), ("# two", 3, 4)]),
        ("a: |# no\n", []),
        ("- # one\n  1\n", [("# one", 1, 1)]),
        ("# one\n7", [("# one", 2, 2)]),
        ("a: ['x\n  y', z] # one\n", [("# one", 1, 2)]),
        ("a: x#no\n\"b # no\": '# no' # one\n", [("# one", 2, 2)]),
        ("a: one\n  two # one\nb: 1\n", [("# one", 1, 2)]),
        ("# one\na: one\n  two\n\n\n# two\nb: 1\n", [("# one", 2, 3), ("# two", 7, 7)]),
        ("a: [1, # one\n  # two\n  2] # three\n", [("# one", 1, 1), ("# two", 3, 3), ("# three", 3, 3)]),
        ("a: 'x\n  y' # one\nb: 'x\n  y' # two\n", [("# one", 1, 2), ("# two", 3, 4)]),
        ("  # one\n  \na: 1\n", [("# one", 3, 3)]),
        ("# one\n---\na: 1\n", [("# one", 2, 2)]),
        ("# one\n", [("# one", 1, 0)]),
        ("a: 1\n", []),
    ],
)
def test_comments_of_yaml(text: str, expected: list[tuple[str, int, int]], end: str) -> None:
    assert found(text.replace("\n", end)) == expected


def test_a_byte_order_mark_stands_before_a_comment() -> None:
    assert found("\ufeff# one\na: 1 # two\n") == [("# one", 2, 2), ("# two", 2, 2)]


def test_what_cannot_be_read_has_the_comments_before_it() -> None:
    assert found('# one\na: 1 # two\nb: "\n# no\n') == [("# one", 2, 2), ("# two", 2, 2)]
    assert found("# one\na: \ud800\n") == []


def test_front_matter_is_told_from_the_body() -> None:
    text = "---\n# one\na: 1 # two\n# three\n---\n# Heading\n\na: 1 # no\n"
    assert found(text, markdown=True) == [("# one", 3, 3), ("# two", 3, 3), ("# three", 4, 3)]
    assert found(f"\ufeff{text}", markdown=True) == found(text, markdown=True)


# -- Markdown ------------------------------------------------------------------------------------------------------------------

ONE, TWO, SHORT = "<!-- inc: one -->", "<!-- two -->", "<!---->"


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"{ONE}{TWO}\nText.\n", [(ONE, 5, 5), (TWO, 5, 5)]),
        (f"{SHORT}{ONE}\nText.\n", [(SHORT, 5, 5), (ONE, 5, 5)]),
        (f"<!--<!-->{ONE}\nText.\n", [("<!--<!-->", 5, 5), (ONE, 5, 5)]),
        (f"X {ONE}\nText.\n", [(ONE, 4, 4)]),
        (f"{ONE}\n{TWO}\n\nText\nand more.\n\nOther.\n", [(ONE, 7, 8), (TWO, 7, 8)]),
        (f"{ONE}\n<!-- two\nis\nlong -->\nText.\n", [(ONE, 8, 8), ("<!-- two\nis\nlong -->", 8, 8)]),
        (f"# {ONE} Heading\nText.\n", [(ONE, 4, 4)]),
        (f"Text {ONE} and {TWO}\nmore {SHORT}.\n", [(ONE, 4, 4), (TWO, 4, 4), (SHORT, 5, 5)]),
        (f"<div>\n{ONE}\n</div>\n\nText {TWO} more.\n", [(ONE, 6, 6), (TWO, 8, 8)]),
        (f"<div>\n</div>\n\nText {ONE} more.\n", [(ONE, 7, 7)]),
        (f"<div>\n<!-- open\n\n--> Text {ONE}\n", [(ONE, 7, 7)]),
        (f"> Quoted\n>   text {ONE}\n> and {TWO}\n", [(ONE, 5, 5), (TWO, 6, 6)]),
        (f"> {ONE}\n>\n> Text\n> and more.\n", [(ONE, 6, 7)]),
        (f"- An item {ONE}\n  with `{TWO}` shown\n  and {TWO} meant\n", [(ONE, 4, 4), (TWO, 6, 6)]),
        (f"    {ONE}\n\nText {TWO}\n", [(TWO, 6, 6)]),
        (f"{ONE}\n    indented\n    code\n", [(ONE, 5, 6)]),
        (f"{ONE}\n~~~\n{TWO}\n~~~\n\nText {TWO}\n", [(ONE, 5, 7), (TWO, 9, 9)]),
        (f"Text \\{TWO} and {ONE}.\n", [(ONE, 4, 4)]),
        (f"<em>Text</em> {ONE} <br>\n", [(ONE, 4, 4)]),
        ("Text <!-- inc: one\nand two --> more\n", [("<!-- inc: one\nand two -->", 4, 5)]),
        ("<!-- inc: one\n\nand two -->\n\nText\n", [("<!-- inc: one\n\nand two -->", 8, 8)]),
        ("Text.\n\n<!-- inc: one\n\nand two --> more\n", [("<!-- inc: one\n\nand two -->", 6, 8)]),
        (f"{ONE}\n***\nText.\n", [(ONE, 5, 5)]),
        (f"{ONE}", [(ONE, 4, 3)]),
        (f"{TWO}\nText.\n", []),
    ],
)
def test_comments_of_markdown(body: str, expected: list[tuple[str, int, int]], end: str) -> None:
    wanted = [(text.replace("\n", end), first, last) for text, first, last in expected]
    assert in_body(body.replace("\n", end)) == wanted


def test_both_languages_of_a_file_in_their_order() -> None:
    text = f"---\n# one\na: |\n  x\n# two\n---\nText {ONE}\n"
    assert found(text, markdown=True) == [("# one", 3, 4), ("# two", 5, 4), (ONE, 7, 7)]


# -- size ----------------------------------------------------------------------------------------------------------------------


def test_what_is_too_long_to_be_read_has_no_comments(monkeypatch: pytest.MonkeyPatch) -> None:
    front, body = "# one\na: 1\n", f"Text {ONE}\n"
    text = f"---\n{front}---\n{body}"
    sizes = {}
    for limit in range(40):
        monkeypatch.setattr(comments, "MAX_CHARACTERS", limit)
        sizes[limit] = [each for each, _, _ in found(text, markdown=True)]
    first = {each: min(limit for limit, seen in sizes.items() if each in seen) for each in ("# one", ONE)}
    assert first == {"# one": len(front), ONE: len(body)}
