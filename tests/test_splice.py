"""Splices that rules offer: in the quotes that stand there, and none where YAML leaves a doubt."""

from __future__ import annotations

import pytest

from incidentbook import source, splice
from incidentbook.edit import apply
from incidentbook.span import Edit

Path = list[str | int]


def made(text: str, *edits: Edit | None) -> str | None:
    return apply(text, [edit for edit in edits if edit is not None]) if all(edits) else None


@pytest.mark.parametrize(
    ("text", "path", "new", "after"),
    [
        ("a: X  # why\n", ["a"], "x", "a: x  # why\n"),
        ("a: 'X'\n", ["a"], "x", "a: 'x'\n"),
        ('a: {b: "X", c: Y}\n', ["a", "b"], "x y", 'a: {b: "x y", c: Y}\n'),
        ("a: [X, Y]\n", ["a", 1], "2025-01-15T02:30:00Z", "a: [X, 2025-01-15T02:30:00Z]\n"),
        ("a: X\n", ["a"], "15", "a: '15'\n"),
        ("a: X\n", ["a"], "x y", "a: 'x y'\n"),
        ("a: |\n  X\n\nb: 1\n", ["a"], "x", "a: x\n\nb: 1\n"),
        ("a: >-\r\n  X\r\nb: 1\r\n", ["a"], "x", "a: x\r\nb: 1\r\n"),
        ("\ufeffa: X", ["a"], "x", "\ufeffa: x"),
    ],
)
def test_a_text_is_written_as_the_one_before_it(text: str, path: Path, new: str, after: str) -> None:
    assert made(text, splice.text(source.load(text), path, new)) == after


def test_a_key_is_renamed() -> None:
    text = 'a:\n  - {"B c": 1, d: 2}\n'
    assert made(text, splice.text(source.load(text), ["a", 0, "B c"], "b_c", key=True)) == 'a:\n  - {"b_c": 1, d: 2}\n'


def test_front_matter_is_spliced_where_it_stands() -> None:
    text = "---\na: X\n---\na: X\n"
    assert made(text, splice.text(source.load_front_matter(text), ["a"], "x")) == "---\na: x\n---\na: X\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: &n X\nb: *n\n", ["a"]),
        ("a: &n X\nb: *n\n", ["b"]),
        ("a: &n {c: X}\nb: *n\n", ["a", "c"]),
        ("a: &n {c: X}\nb: *n\n", ["b", "c"]),
        ("a: [&n X, *n]\n", ["a", 1]),
        ("a: [&n {c: X}, *n]\n", ["a", 1, "c"]),
        ("a: !!str X\n", ["a"]),
        ("a: |  # why\n  X\n", ["a"]),
        ("a: |+\n  X\n\n", ["a"]),
        ("a: |\n  X\n  Y\n", ["a"]),
        ("a: 'X\n  Y'\n", ["a"]),
        ("a: X\n  Y\n", ["a"]),
        ("a:\n", ["a"]),
        ("a: [X]\n", ["a"]),
        ("a: X\n", ["b"]),
    ],
)
def test_a_text_in_doubt_is_left_alone(text: str, path: Path) -> None:
    assert splice.text(source.load(text), path, "x") is None


@pytest.mark.parametrize("new", ["it's", 'a"b', "a\\b", "a\nb", "a#b", "é"])
def test_only_simple_words_are_written(new: str) -> None:
    assert splice.text(source.load("a: X\n"), ["a"], new) is None


@pytest.mark.parametrize("text", ["&k A: 1\n", "x: &k y\n*k : 1\n", "? A\n: 1\n"])
def test_a_key_with_an_anchor_stays_and_an_explicit_one_may_change(text: str) -> None:
    key = "y" if "*k" in text else "A"
    edit = splice.text(source.load(text), [key], "a", key=True)
    assert made(text, edit) == ("? a\n: 1\n" if text.startswith("?") else None)


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("l:\n  - at: 1  # why\n    to: 2\n", "l:\n  - id: h1\n    at: 1  # why\n    to: 2\n"),
        ("l:\r\n- # first\r\n  at: 1\r\n", "l:\r\n- # first\r\n  id: h1\r\n  at: 1\r\n"),
        ("l:\n  - {  at: 1, to: 2}\n", "l:\n  - {  id: h1, at: 1, to: 2}\n"),
        ("l: [{\n  at: 1}]\n", "l: [{\n  id: h1, at: 1}]\n"),
        ("l: [{}]\n", None),
        ("l:\n  - &a\n    at: 1\n", None),
        ("l:\n  - &a {at: 1}\n  - *a\n", None),
        ("l:\n  - ? at\n    : 1\n", None),
        ("l:\n  - &k at: 1\n", None),
        ("l: [at]\n", None),
    ],
)
def test_a_first_key(text: str, after: str | None) -> None:
    assert made(text, splice.first_key(source.load(text), ["l", 0], "id", "h1")) == after


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("a: public-api  # one\n", "a: [public-api]  # one\n"),
        ("{a: 'api', b: 1}\n", "{a: ['api'], b: 1}\n"),
        ("a: api, db\n", None),
        ("a: two words\n", None),
        ("a: &n api\n", None),
    ],
)
def test_one_word_becomes_a_list(text: str, after: str | None) -> None:
    edits = splice.listed(source.load(text), ["a"])
    assert (made(text, *edits) if edits else None) == after
