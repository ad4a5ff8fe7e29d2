"""Finding values in data of any shape."""

from __future__ import annotations

from typing import Any

import pytest

from incidentbook.rules.walk import all_texts, at, find, texts

DATA: dict[str, Any] = {"a": [{"b": "x"}, {"b": 2}, "no mapping", {"c": "y"}], "d": {"e": {"b": "z"}, "f": None}}


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("a.*.b", [(("a", 0, "b"), "x"), (("a", 1, "b"), 2)]),
        ("d.*.b", [(("d", "e", "b"), "z")]),
        ("*.e", [(("d", "e"), {"b": "z"})]),
        ("d.f", [(("d", "f"), None)]),
        ("d.f.*", []),
        ("gone.*", []),
        ("a.b", []),
    ],
)
def test_find(pattern: str, found: list[object]) -> None:
    assert find(DATA, pattern) == found


def test_texts_alone() -> None:
    assert list(texts(DATA, "a.*.b")) == [(("a", 0, "b"), "x")]
    assert list(all_texts(DATA, ["d.*.b", "a.*.c"])) == [(("d", "e", "b"), "z"), (("a", 3, "c"), "y")]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ((), DATA), (("a", 0, "b"), "x"), (("a", 3, "c"), "y"), (("a", 4), None), (("a", "0"), None), (("a", 2, "b"), None),
        (("d", "gone"), None), (("d", "f", "x"), None), (("d", 0), None), (("gone", 0, "x"), None),
    ],
)  # fmt: skip
def test_at(path: tuple[str | int, ...], value: object) -> None:
    assert at(DATA, path) == value
