"""IB901: the patterns that take the square of a line are tried from fewer places, and find the same."""

from __future__ import annotations

import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidentbook.rules.safety import secret

_PARTS = {
    "jwt": ["eyJ", "eyJhIjoxfQ", ".", "=", "-", "a", " ", "/"],
    "npm": ["//", "/:_authToken=", "npm_", "a" * 36, "/", " ", "x"],
    "openai": ["sk-", "T3BlbkFJ", "A" * 20, "a", "-", "_", " "],
}


@pytest.mark.parametrize("module", sorted(secret._SQUARE))
@given(data=st.data())
def test_the_same_is_found(module: str, data: st.DataObject) -> None:
    name, _ = secret._DETECTORS[module]
    line = "".join(data.draw(st.lists(st.sampled_from(_PARTS[module]), max_size=16)))
    whole = getattr(importlib.import_module(f"detect_secrets.plugins.{module}"), name)()
    assert list(secret._values(module, name)(line)) == list(whole.analyze_string(line))


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("jwt", "eyJhIjoxfQ.eyJhIjoxfQ.c2ln and eyJhIjoxfQ.eyJhIjoxfQ"),
        ("npm", "//registry.example/:_authToken=npm_" + "a" * 36),
        ("openai", "sk-" + "A" * 20 + "T3BlbkFJ" + "B" * 20),
    ],
)
def test_something_is_found(module: str, line: str) -> None:
    name, _ = secret._DETECTORS[module]
    assert list(secret._values(module, name)(line))
