"""Edits keep every other byte: comments, order, quoting, line ends; and what they write is what was asked for."""

from __future__ import annotations

import enum
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from incidentbook import source
from incidentbook.edit import _same, _with, append_item, apply, remove_in, set_value
from incidentbook.errors import EditError
from incidentbook.span import Edit
from yaml_data import DATA, SCALARS, by_ruamel

RECORD = """\
# A comment at the top
id: INC-2025-001   # the id
title: "quoted: title"
services: [public-api, primary-db]  # two
roles: [
  scribe,   # first
]

impact:
  summary: >-
    folded
    text

  # before phases
  phases:
    - id: p1
      level: outage
    - {id: p2, level: partial}   # flow

  risks: []
notes: |
  kept
    as is

# the end
kept: |+
  blank lines

last:
"""


def edited(text: str, path: list[str | int], value: object) -> str:
    return apply(text, [set_value(source.load(text), path, value)])


def appended(text: str, path: list[str | int], value: object) -> str:
    return apply(text, [append_item(source.load(text), path, value)])


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (["title"], 'title: "quoted: title"\n', ""),
        (["services"], "services: [public-api, primary-db]  # two\n", ""),
        (["notes"], "notes: |\n  kept\n    as is\n", ""),
        (["kept"], "kept: |+\n  blank lines\n\n", ""),
        (["last"], "last:\n", ""),
        (["impact", "risks"], "  risks: []\n", ""),
        (["impact", "phases", 0, "level"], "      level: outage\n", ""),
        (["impact", "phases", 1, "level"], "{id: p2, level: partial}", "{id: p2}"),
    ],
)
def test_a_key_is_taken_out_with_its_line_and_nothing_else(path: list[str | int], old: str, new: str) -> None:
    for ends in ("\n", "\r\n"):
        text = RECORD.replace("\n", ends)
        assert remove_in(source.load(text), path)[1].text == text.replace(old.replace("\n", ends), new)


@pytest.mark.parametrize("path", [[], ["none"], ["id"], ["services", 0], ["impact", "phases", 1, "id"]])
def test_what_is_not_there_or_comes_first_is_not_taken_out(path: list[str | int]) -> None:
    with pytest.raises(EditError):
        remove_in(source.load(RECORD), path)


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (["id"], "INC-2025-002", "id: INC-2025-001   # the id", "id: INC-2025-002   # the id"),
        (["title"], "a: b", 'title: "quoted: title"', "title: 'a: b'"),
        (["services", 1], "no", "[public-api, primary-db]  # two", "[public-api, 'no']  # two"),
        (["services", 1], "a, b", "[public-api, primary-db]  # two", "[public-api, 'a, b']  # two"),
        (["services"], ["a"], "services: [public-api, primary-db]  # two", "services: [a]  # two"),
        (["impact", "summary"], "short", "summary: >-\n    folded\n    text\n", "summary: short\n"),
        (["impact", "phases", 0, "level"], "partial", "level: outage\n", "level: partial\n"),
        (["impact", "phases", 1, "to"], "x", "{id: p2, level: partial}", "{id: p2, level: partial, to: x}"),
        (["impact", "phases", 0, "fraction"], 0.5, "level: outage\n", "level: outage\n      fraction: 0.5\n"),
        (["impact", "customer"], {"tickets": 3}, "risks: []\n", "risks: []\n  customer:\n    tickets: 3\n"),
        (["notes"], "one\ntwo\n", "notes: |\n  kept\n    as is\n", "notes: |\n  one\n  two\n"),
        (["impact", "summary"], "one\ntwo", ">-\n    folded\n    text\n", "|-\n    one\n    two\n"),
        (["impact", "risks"], [{"risk": "x"}], "risks: []\n", "risks:\n    - risk: x\n"),
        (["last"], 1, "last:\n", "last: 1\n"),
        (["last"], {"a": [1]}, "last:\n", "last:\n  a:\n  - 1\n"),
        (["last", "deep", "deeper"], True, "last:\n", "last:\n  deep:\n    deeper: true\n"),
        (["new"], "x", "last:\n", "last:\nnew: x\n"),
    ],
)
def test_a_value_is_set_and_nothing_else_moves(path: list[str | int], value: object, old: str, new: str) -> None:
    assert RECORD.count(old) == 1
    assert edited(RECORD, path, value) == RECORD.replace(old, new)


@pytest.mark.parametrize(
    ("path", "value", "old", "new"),
    [
        (["services"], "a: b", "primary-db]  # two", "primary-db, 'a: b']  # two"),
        (["roles"], "commander", "scribe,   # first", "scribe, commander,   # first"),
        (["impact", "phases"], {"id": "p3"}, "partial}   # flow\n", "partial}   # flow\n    - {id: p3}\n"),
        (["impact", "risks"], {"risk": "x, y"}, "risks: []", "risks: [{risk: 'x, y'}]"),
        (["last"], "one", "last:\n", "last:\n  - one\n"),
        (["missing"], "one", "last:\n", "last:\nmissing:\n  - one\n"),
    ],
)
def test_an_item_is_added_and_nothing_else_moves(path: list[str | int], value: object, old: str, new: str) -> None:
    assert appended(RECORD, path, value) == RECORD.replace(old, new)


def test_a_block_item_is_written_like_the_one_before_it() -> None:
    text = "timeline:\n  - id: t1\n    text: one   # why\n\n# the end\n"
    after = appended(text, ["timeline"], {"id": "t2", "text": "two: three"})
    assert after == "timeline:\n  - id: t1\n    text: one   # why\n  - id: t2\n    text: 'two: three'\n\n# the end\n"


def test_a_key_is_added_behind_a_text_that_keeps_its_blank_lines() -> None:
    text = "a:\n  b: |+\n    x\n\nc: 1\n"
    assert edited(text, ["a", "d"], 1) == "a:\n  b: |+\n    x\n\n  d: 1\nc: 1\n"


def test_crlf_and_byte_order_mark_stay() -> None:
    text = "\ufeffa: 1 # x\r\nb:\r\n  - c: 1\r\n"
    assert edited(text, ["a"], 2) == "\ufeffa: 2 # x\r\nb:\r\n  - c: 1\r\n"
    assert (
        appended(text, ["b"], {"d": "x\ny"})
        == "\ufeffa: 1 # x\r\nb:\r\n  - c: 1\r\n  - d: |-\r\n      x\r\n      y\r\n"
    )


def test_a_file_without_a_last_line_end() -> None:
    assert edited("a: 1", ["b"], 2) == "a: 1\nb: 2"


def test_front_matter_is_edited_and_the_body_stays() -> None:
    text = "---\nstatus: draft # now\naction_items:\n  - {id: A1}\n---\n# Body\n---\nstatus: draft\n"
    document = source.load_front_matter(text)
    after = apply(
        text, [set_value(document, ["status"], "published"), append_item(document, ["action_items"], {"id": "A2"})]
    )
    assert after == (
        "---\nstatus: published # now\naction_items:\n  - {id: A1}\n  - {id: A2}\n---\n# Body\n---\nstatus: draft\n"
    )


def test_an_enumeration_is_written_as_its_text() -> None:
    status = enum.StrEnum("status", {"DONE": "done"})
    assert edited("a: 1\n", ["a"], status.DONE) == "a: done\n"


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("a: &x 1\nb: *x\n", ["a"]),
        ("a: &x 1\nb: *x\n", ["b"]),
        ("a: &x {c: 1}\nb: *x\n", ["b", "c"]),
        ("a: 1\n", ["a", "b"]),
        ("a: [1]\n", ["a", 5]),
        ("# nothing\n", ["a"]),
    ],
    ids=["anchor", "alias", "below an alias", "below a text", "index beyond the end", "empty file"],
)
def test_what_cannot_be_set_alone_is_refused(text: str, path: list[str | int]) -> None:
    with pytest.raises(EditError):
        edited(text, path, "new")


@pytest.mark.parametrize(
    "text", ["a: x\n", "a: {b: 1}\n", "a: &x [1]\nb: *x\n", "b: &x 1\na: [2, *x]\n", "b: &x 1\na:\n- *x\n"]
)
def test_what_cannot_be_added_to_is_refused(text: str) -> None:
    with pytest.raises(EditError):
        appended(text, ["a"], 2)


def test_edits_of_one_place_stand_in_the_order_given() -> None:
    assert apply("ab", [Edit(1, 1, "1"), Edit(1, 1, "2"), Edit(0, 0, "0")]) == "0a12b"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(EditError, match="same place"):
        apply("abc", [Edit(0, 2, ""), Edit(1, 3, "")])
    with pytest.raises(EditError, match="same place"):
        apply("abc", [Edit(0, 4, "")])


def _paths(data: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    found = [path] if path else []
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, inner in pairs:
        found += _paths(inner, (*path, step))
    return found


PATHS = _paths(source.load(RECORD).value)


@settings(max_examples=400)
@given(st.sampled_from(PATHS), DATA | SCALARS, st.sampled_from(["\n", "\r\n"]), st.booleans())
@example(path=("impact", "phases", 1), value="a\nb", newline="\r\n", markdown=True)
@example(path=("roles",), value="0\n0\n\n", newline="\n", markdown=False)
def test_any_value_at_any_place(path: tuple[str | int, ...], value: Any, newline: str, markdown: bool) -> None:  # noqa: FBT001
    text = RECORD.replace("\n", newline)
    text = f"---{newline}{text}---{newline}# Body{newline}" if markdown else text
    document = (source.load_front_matter if markdown else source.load)(text)
    edit = set_value(document, path, value)
    after = apply(text, [edit])
    assert after.startswith(text[: edit.start]), "what stands before the edit stays"
    assert after.endswith(text[edit.end :]), "what stands behind the edit stays"
    assert newline == "\n" or "\n" not in after.replace("\r\n", ""), "one kind of line end"
    inner = after.split("---" + newline)[1] if markdown and "---" not in str(value) else after
    if not markdown or "---" not in str(value):
        assert _same(by_ruamel(inner), _with(document.value, path, value)), "ruamel reads what was asked for"


@settings(max_examples=200)
@given(
    st.sampled_from(
        [path for path in PATHS if path in (("services",), ("roles",), ("impact", "phases"), ("impact", "risks"))]
    ),
    DATA,
)
def test_any_item_in_any_list(path: tuple[str | int, ...], value: Any) -> None:
    document = source.load(RECORD)
    after = apply(RECORD, [append_item(document, path, value)])
    expected = _with(document.value, [*path, len(_at(document.value, path))], value)
    assert _same(source.load(after).value, expected)
    assert _same(by_ruamel(after), expected)


@pytest.mark.parametrize("text", ["a: 1\n", "a: 1\nroles:\n"])
def test_the_first_entry_of_a_list_stands_on_one_line(text: str) -> None:
    entry = {"id": "r1", "from": "2025-01-15T02:30:00Z", "notes": "word " * 40 + "end"}
    after = apply(text, [append_item(source.load(text), ["roles"], entry)])
    assert after.startswith("a: 1\nroles:\n")
    assert after.splitlines()[2] == f"  - {{id: r1, from: 2025-01-15T02:30:00Z, notes: {entry['notes']}}}"


def test_the_first_of_a_list_inside_what_was_missing_is_indented() -> None:
    after = apply("a: 1\n", [append_item(source.load("a: 1\n"), ["links", "related"], "INC-2025-001")])
    assert after == "a: 1\nlinks:\n  related:\n    - INC-2025-001\n"


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        data = data[step]
    return data
