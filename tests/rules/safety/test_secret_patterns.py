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


def test_every_kind_is_loaded_and_finds_its_form() -> None:
    finders = secret._detectors.__wrapped__()
    assert len(finders) == len(secret._DETECTORS)
    token = "xoxb" + "-1234567890-" + "abcdefghij"
    assert [what for find, what in finders if token in find(token)] == ["a token of Slack"]


@pytest.mark.parametrize("line", ["eyJa.eyJb.c", "eyJa.b. eyJc.d", "x eyJ eyJa eyJb.c", "eyJa.eyJb.eyJc.eyJd"])
def test_stretches_are_what_the_pattern_finds_one_behind_the_other(line: str) -> None:
    detector = importlib.import_module("detect_secrets.plugins.jwt").JwtTokenDetector()
    (pattern,) = detector.denylist
    head, run = secret._SQUARE["jwt"]
    assert list(secret._stretches(line, pattern, head, run)) == [match[0] for match in pattern.finditer(line)]
