"""Reading text: positions, what is refused and how it is said, and that no input ends in an exception."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from incidentbook import compose
from incidentbook.document import Document
from incidentbook.edit import _same
from incidentbook.source import load, load_front_matter
from incidentbook.span import Span


def said(document: Document) -> list[tuple[str, int, int]]:
    return [(problem.message, problem.span.line, problem.span.column) for problem in document.problems]


REFUSED = {
    "tab as indentation": ("a:\n\tb: 1\n", "A tab stands where YAML allows only spaces", 2, 1),
    "tab in a continued text": ("a: 1\n\tc: 1\n", "A tab stands where YAML allows only spaces", 2, 1),
    "colon in a text": ("a: b: c\n", "A second `: ` on this line cannot be read", 1, 5),
    "second document": ("a: 1\n---\nb: 2\n", "A second YAML document starts here", 2, 1),
    "line at the wrong depth": ("  a: 1\nb: 2\n", "The data ends above this line, and nothing may follow it", 2, 1),
    "text after the end": ("a: 1\n...\nb: 2\n", "The data ends above this line, and nothing may follow it", 3, 1),
    "NUL": ("a: x\n# é\nb: \0\n", "YAML does not allow a NUL byte", 3, 4),
    "control character": ("a: \x0b\n", "YAML does not allow the character U+000B", 1, 4),
    "escape character": ("a: \x1b[31m\n", "YAML does not allow the character U+001B", 1, 4),
    "empty file": ("", "The file holds no data", 1, 1),
    "only a comment": ("# nothing\n", "The file holds no data", 1, 1),
    "undefined alias": ("a: *nope\n", "This alias (`*`) names no anchor", 1, 4),
    "at sign": ("a: @team\n", "A value cannot start with `@`", 1, 4),
    "backtick": ("a: `x`\n", "A value cannot start with a backtick", 1, 4),
    "percent": ("a: %x\n", "A value cannot start with `%`", 1, 4),
    "open quote": ("a: 1\nb: 'x\nc: 2\n", "The quote that opens here is never closed", 2, 4),
    "unknown escape": (
        'a: "\\q"\n',
        "A backslash in double quotes starts an escape, and this one does not exist",
        1,
        5,
    ),
    "open bracket": ("a: [1, 2\nb: 3\n", "The `[` of line 1 is not closed before this place", 2, 2),
    "open brace": ("{a: 1, b: 2", "The `{` of line 1 is not closed before this place", 1, 12),
    "wrong indentation": ("a: 1\n  b: 2\n", "A second `: ` on this line cannot be read", 2, 4),
    "item beside a key": ("a: - 1\n", "A list cannot start here", 1, 4),
    "odd item": ("a:\n  - 1\n  b\n", "A `: ` is missing behind the key that starts here", 3, 3),
    "line separator": (
        "a: x\u2028y\n",
        "The invisible character U+2028 (line separator) stands here; readers of YAML disagree on it",
        1,
        5,
    ),
    "byte-order mark within": (
        "a: 1\n\ufeffb: 2\n",
        "The invisible character U+FEFF (byte-order mark) stands here; readers of YAML disagree on it",
        2,
        1,
    ),
    "200,000 block levels two blanks apart": (
        "-  " * 200_000 + "x",
        "The YAML is nested more than 100 levels deep",
        1,
        298,
    ),
    "200,000 keys two blanks apart": ("?  " * 200_000 + "x", "The YAML is nested more than 100 levels deep", 1, 298),
    "10,000 flow levels": ("[" * 10_000 + "]" * 10_000, "The YAML is nested more than 100 levels deep", 1, 100),
    "10,000 block levels": ("- " * 10_000 + "x", "The YAML is nested more than 100 levels deep", 1, 199),
    "1,000,000 levels never closed": ("[" * 1_000_000, "The YAML is nested more than 100 levels deep", 1, 100),
    "alias within itself": (
        "a: &a [*a]\n",
        "The YAML is nested more than 100 levels deep once its aliases are followed",
        1,
        4,
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_unreadable_text_is_one_problem_with_its_place(name: str) -> None:
    text, message, line, column = REFUSED[name]
    document = load(text)
    assert document.value is None or "invisible" in message
    assert said(document) == [(message, line, column)]


@pytest.mark.parametrize("opening", ["[", "- ", "{a: "])
def test_a_hundred_levels_are_allowed_and_no_more(opening: str) -> None:
    closing = {"[": "]", "{a: ": "}"}.get(opening, "")
    deep = load(opening * 99 + "x" + closing * 99)
    assert (deep.problems, deep.value is None) == ([], False)
    assert len(load(opening * 100 + "x" + closing * 100).problems) == 1
    assert load("a: &x " + "[" * 60 + "x" + "]" * 60 + "\nb: " + "[" * 40 + "*x" + "]" * 40).value is None


KEPT = {
    "duplicate key": (
        "a: 1\nb: 2\na: 3\n",
        {"a": 1, "b": 2},
        "The key `a` is given twice; the first is on line 1",
        3,
        1,
    ),
    "merge key": ("a: {<<: {b: 1}, c: 2}\n", {"a": {"c": 2}}, "Merge keys are not supported", 1, 5),
    "tag": ("a: !!str 1\n", {"a": 1}, "Tags such as `!!str` are not supported", 1, 4),
    "tag behind an anchor": ("a: &x !!str 1\n", {"a": 1}, "Tags such as `!!str` are not supported", 1, 4),
    "tag of a mapping": ("a: !thing {b: 1}\n", {"a": {"b": 1}}, "Tags such as `!!str` are not supported", 1, 4),
    "placeholder": ("a: {{ b }}\n", {"a": {}}, "Two braces begin no text", 1, 5),
    "key that is a list": ("? [a, b]\n: 1\nc: 2\n", {"c": 2}, "A key must be plain text", 1, 3),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_can_be_read_beside_a_problem_is_kept(name: str) -> None:
    text, value, message, line, column = KEPT[name]
    document = load(text)
    assert document.value == value
    assert said(document) == [(message, line, column)]


def test_aliases_that_explode_are_stopped_quickly() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    started = time.process_time()
    document = load("\n".join(lines))
    assert document.value is None
    assert said(document)[0][0] == "The YAML holds more than 200,000 values once its aliases are followed"
    assert time.process_time() - started < 20, "a bound against hanging, not a measurement"


@pytest.mark.parametrize(
    "text",
    [
        "-  " * 50_000, "- - " * 50_000, "? -  " * 50_000, "[" * 50_000, "{a: " * 50_000,
        "-\r".join(" " * column for column in range(500)),
    ],
)  # fmt: skip
def test_nesting_without_end_is_stopped_before_the_stack_overflows(text: str) -> None:
    document = load(text)
    assert document.value is None
    assert said(document)[-1][0].startswith("The YAML is nested more than 100 levels deep")


def test_more_values_than_a_record_has_are_refused_before_all_of_them_take_memory() -> None:
    document = load("a: [" + "x, " * 300_000 + "]\n")
    assert document.value is None
    assert [message for message, *_ in said(document)] == ["The YAML holds more than 200,000 values"]


def test_an_alias_is_read_as_what_it_names() -> None:
    document = load("a: &x [1, no]\nb: *x\n")
    assert not document.problems
    assert document.value == {"a": [1, "no"], "b": [1, "no"]}


def test_a_duplicate_below_an_anchor_is_said_once() -> None:
    document = load("a: &x {b: 1, b: 2}\nc: *x\nd: *x\n")
    assert said(document) == [("The key `b` is given twice; the first is on line 1", 1, 14)]


def test_a_file_too_long_to_read_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compose, "MAX_CHARACTERS", 10)
    document = load("a: 1\nb: 2\nc: 3\n")
    assert said(document) == [("The YAML is longer than 10 characters", 1, 1)]
    assert document.span(["b"]) == Span()


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "BOM"])
def test_positions_do_not_depend_on_line_ends_and_byte_order_mark(newline: str, mark: str) -> None:
    text = mark + newline.join(
        ["title: Fährausfall 🚢", "services: [api, 漢字, db]", "impact:", "  phases:", "    - {id: p1}", ""]
    )
    document = load(text)
    assert document.text == text
    assert document.span(["title"]) == Span(1, 8, 1, 21)
    assert document.span(["services", 2]) == Span(2, 21, 2, 23)
    assert document.span(["services"], key=True) == Span(2, 1, 2, 9)
    assert document.span(["impact", "phases", 0, "id"]) == Span(5, 12, 5, 14)
    assert document.span(["impact", "phases", 0, "from"]) == Span(5, 7, 5, 15), "a missing key: the closest that exists"
    assert document.span(["impact"]) == Span(4, 3, 4, 4), "a collection of several lines: its first character"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "BOM"])
def test_front_matter_and_body(newline: str, mark: str) -> None:
    text = mark + newline.join(["---", "status: draft", "title: x", "--- ", "# Text", "---", "more"])
    document = load_front_matter(text)
    assert not document.problems
    assert document.value == {"status": "draft", "title": "x"}
    assert document.span(["title"]) == Span(3, 8, 3, 9)
    assert document.body == newline.join(["# Text", "---", "more"])
    assert document.body_line == 5
    assert text[document.offset(document.node(["title"]).start_mark)] == "x"  # type: ignore[union-attr]


def test_form_feeds_and_separators_in_the_body_are_no_lines() -> None:
    document = load_front_matter("---\na: 1\n---\nx\x0cy\u2028z\nlast")
    assert document.body_line == 4
    assert document.body.splitlines(keepends=False)[0] == "x"


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        ("# Only prose\n", "The file has no front matter", 1, 1),
        ("", "The file has no front matter", 1, 1),
        ("---\na: 1\n", "The front matter that starts here is never closed", 1, 1),
        ("---\n---\nbody\n", "The file holds no data", 2, 1),
        ("---\na: b: c\n---\n", "A second `: ` on this line cannot be read", 2, 5),
        ("---\na: 1\nb: [\n---\n", "A value is expected here", 4, 1),
    ],
)
def test_front_matter_that_cannot_be_read(text: str, message: str, line: int, column: int) -> None:
    assert said(load_front_matter(text)) == [(message, line, column)]


def test_block_text_and_quotes_have_exact_ends() -> None:
    document = load("a: |\n  one\n  two\nb: 'it''s'\nc: \"x\\ny\"\nd:\n")
    assert document.value == {"a": "one\ntwo\n", "b": "it's", "c": "x\ny", "d": None}
    assert document.span(["a"]) == Span(1, 4, 4, 1)
    assert document.span(["b"]) == Span(4, 4, 4, 11)
    assert document.span(["d"]) == Span(6, 3, 6, 3)


PIECES = st.sampled_from(
    [*"abc:-?[]{},#&*!|>'\"%@` \t\n\r\0\ufeff\u2028\x85é😀0.~<", "---\n", "...\n", "- ", ": ", "\r\n", "  "]
)


@settings(max_examples=500)
@given(st.lists(PIECES, max_size=40).map("".join), st.booleans())
def test_no_text_ends_in_an_exception(text: str, markdown: bool) -> None:  # noqa: FBT001
    document = load_front_matter(text) if markdown else load(text)
    assert document.value is not None or document.problems or text
    lines = text.count("\n") + text.count("\r") + 2
    assert all(1 <= problem.span.line <= lines and problem.span.column >= 1 for problem in document.problems)
    assert all(problem.message[0].isupper() and "\n" not in problem.message for problem in document.problems)


def _comparable(data: Any) -> bool:
    """Whether all keys are plain text: ours always are, ruamel's may be anything."""
    if isinstance(data, dict):
        return all(isinstance(key, str) for key in data) and all(map(_comparable, data.values()))
    return all(map(_comparable, data)) if isinstance(data, list) else not isinstance(data, dt.date)


@settings(max_examples=500, suppress_health_check=[HealthCheck.filter_too_much])
@given(
    st.lists(
        st.sampled_from([*"abc:-?[]{},#|>'\"\n01. é😀", "- ", ": ", "\n  ", "\na: ", "b: ", " #", "|\n"]), max_size=14
    )
)
def test_what_ruamel_reads_too_it_reads_the_same(pieces: list[str]) -> None:
    text = "a: 1\n" + "".join(pieces)
    ours = load(text)
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    try:
        theirs = reader.load(text)
    except (YAMLError, ValueError):  # ruamel's int() and float() raise on scalars that only look like numbers
        return
    if not ours.problems and _comparable(theirs):
        assert _same(ours.value, theirs)


@settings(max_examples=200)
@given(st.text(max_size=60))
def test_any_characters_at_all(text: str) -> None:
    document: Any = load(text)
    assert isinstance(document.problems, list)
