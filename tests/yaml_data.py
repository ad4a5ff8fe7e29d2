"""Generated plain data for tests of the YAML layer."""

from __future__ import annotations

import io
from typing import Any

import yaml
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.constructor import SafeConstructor

# Lone surrogates are no text: no UTF-8 file can hold them.
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
AWKWARD = st.sampled_from(
    [
        "", " ", "no", "on", "Yes", "~", "null", "true", "02:30", "12:30:00", "1_000", "0o14", "014", "0x1F", "1e5", ".5",
        "1.", "-0o7", ".5E1", "+1", "-", "- a", "?", ":", "a: b", "a:b", "#", "a #b", "a#b", "---", "...", "--- a", "|", ">",
        "&a", "*a", "!t", "%",
        "@", "`", "<<", "=", "[", "{a", "a, b", "'", '"', "it's", "\\", "\t", "a\tb", "a\n", "a\nb", "\na", "a\n\nb\n\n", " a\nb",
        "a \nb", "a\r\nb", "\ufeff", "é", "漢字", "😀", "a\u2028b", "a\x85b", "\x00", "\x1b[31m", "2025-01-15",
        "2025-01-15T02:30:00Z", ".inf", ".nan", "-.INF", "x" * 200, "word " * 40, "a\n\tb", "\ta\nb", "key: |", "a\n# b",
    ]
)  # fmt: skip
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False),
    TEXT,
    AWKWARD,
    AWKWARD.flatmap(lambda a: TEXT.map(lambda t: a + t)),
)
KEYS = st.one_of(st.from_regex(r"[a-z_]{1,8}", fullmatch=True), AWKWARD, TEXT)
DATA = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
"""Plain data as a record can hold it, with every awkward scalar that YAML knows."""


class _WithoutDates(SafeConstructor):  # type: ignore[misc] - ruamel.yaml is not typed
    """Dates stay text: the core schema of YAML 1.2 knows none, and ruamel.yaml reads them all the same."""


class _OldWithoutDates(yaml.SafeLoader):
    """The same for PyYAML, which reads YAML 1.1."""


for _reader in (_WithoutDates, _OldWithoutDates):
    _reader.add_constructor("tag:yaml.org,2002:timestamp", lambda reader, node: reader.construct_scalar(node))


def by_ruamel(text: str) -> Any:
    """Read by ruamel.yaml's pure 1.2 loader: an implementation that shares no code with ours."""
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 2)
    reader.Constructor = _WithoutDates
    return reader.load(io.StringIO(text))


def by_yaml_1_1(text: str) -> Any:
    """Read by the rules of YAML 1.1, but for its dates."""
    return yaml.load(text, _OldWithoutDates)  # noqa: S506 - a safe loader
