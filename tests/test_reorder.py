"""Items of a list in another order: each whole, with its comments, and not at all where that is in doubt."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidentbook import source
from incidentbook.edit import apply
from incidentbook.reorder import reorder


def moved(text: str, order: list[int]) -> str | None:
    read = source.load_front_matter if text.startswith("---\n") else source.load
    edit = reorder(read(text), ["l"], order)
    return None if edit is None else apply(text, [edit])


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("l:\n- b\n- a\n", "l:\n- a\n- b\n"),
        ("l:\n  - b  # of b\n  - a", "l:\n  - a\n  - b  # of b"),
        ("l:\n  - b\n  # of a\n  - a\n# of m\nm: 1\n", "l:\n  # of a\n  - a\n  - b\n# of m\nm: 1\n"),
        ("l:\n  - b\n    # of b\n\n  # of a\n  - a\n    # of a too\n",
         "l:\n  # of a\n  - a\n    # of a too\n\n  - b\n    # of b\n"),
        ("l:\r\n- k: b\r\n\r\n  v: 1\r\n- k: a\r\nm: 1\r\n", "l:\r\n- k: a\r\n- k: b\r\n\r\n  v: 1\r\nm: 1\r\n"),
        ("l:\n- |\n  # b\n\n- |\n  a\nm: 1\n", "l:\n- |\n  a\n\n- |\n  # b\nm: 1\n"),
        ("l:\n-\n  # of b\n  k: b\n- # of a\n  k: a\n", "l:\n- # of a\n  k: a\n-\n  # of b\n  k: b\n"),
        ("l:\n- &b b\n- &a a\n", "l:\n- &a a\n- &b b\n"),
        ("---\nl:\n- b\n- a\n---\n- b\n", "---\nl:\n- a\n- b\n---\n- b\n"),
    ],
)  # fmt: skip
def test_two_change_places(text: str, after: str) -> None:
    assert moved(text, [1, 0]) == after


@pytest.mark.parametrize(
    "text",
    [
        "l: [b, a]\n",
        "l:\n  # of b, or of all?\n  - b\n  - a\n",
        "l:\n  - b\n\n  # of nobody\n\n  - a\n",
        "l:\n  - &x b\n  - *x\n",
        "l:\n  - |+\n    kept\n\n  - a\n",
        "l: b\n",
        "m: 1\n",
    ],
)
def test_what_is_in_doubt_stays(text: str) -> None:
    assert moved(text, [1, 0]) is None


def test_what_does_not_move_may_have_any_comment_above_it() -> None:
    text = "l:\n  # of all\n  - a\n\n  # of nobody?\n  - c\n  - b\n"
    assert moved(text, [0, 2, 1]) == "l:\n  # of all\n  - a\n\n  - b\n  # of nobody?\n  - c\n"


@pytest.mark.parametrize("order", [[0, 1], [0], [0, 0], [0, 2]])
def test_an_order_that_moves_nothing_or_is_none(order: list[int]) -> None:
    assert moved("l:\n- a\n- b\n", order) is None


ITEMS = st.sampled_from(
    [
        "- plain {n}",
        "- {{id: {n}, text: 'a # b'}}   # behind {n}",
        "- id: {n}  # the id {n}\n  text: |\n    # no comment {n}\n    x\n",
        "- id: {n}\n\n  text: >-\n    folded\n    text\n  # below {n}\n",
        "# above {n}\n- id: {n}\n  list:\n  - 1\n  # in {n}\n  - 2",
        "# 🚢 above {n}\n# twice {n}\n-\n  id: {n}",
        "- &a{n} {{id: {n}}}",
        "- ? id\n  : {n}",
        "- |+\n  keeps {n}\n",
    ]
)


@settings(max_examples=300)
@given(st.data())
def test_every_item_and_every_comment_survives_once(data: st.DataObject) -> None:
    items = data.draw(st.lists(ITEMS, min_size=2, max_size=6))
    pad = data.draw(st.sampled_from(["", "  "]))
    newline = data.draw(st.sampled_from(["\n", "\r\n"]))
    lines = ["l:"]
    for n, item in enumerate(items):
        lines += [pad + line if line else line for line in item.format(n=n).split("\n")]
        lines += data.draw(st.sampled_from([[], [], [""]]))
    text = newline.join([*lines, *data.draw(st.sampled_from([[], ["# end", "m: 1", ""]]))])
    order = data.draw(st.permutations(range(len(items))))
    document = source.load(text)
    assert document.problems == []
    edit = reorder(document, ["l"], order)
    if edit is None:
        return
    after = apply(text, [edit])
    read = source.load(after)
    assert read.problems == []
    assert read.value == {**document.value, "l": [document.value["l"][index] for index in order]}
    assert Counter(re.findall("#[^\r\n]*", after)) == Counter(re.findall("#[^\r\n]*", text))
    assert Counter(re.split("\r\n|\n", after)) == Counter(re.split("\r\n|\n", text))
    assert after[: edit.start] == text[: edit.start]
    assert after[len(after) - len(text) + edit.end :] == text[edit.end :]
