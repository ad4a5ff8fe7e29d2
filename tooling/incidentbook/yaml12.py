"""YAML 1.2 core-schema semantics on top of libyaml: what a plain scalar means, and when to quote one.

libyaml (through PyYAML) scans and composes at C speed but resolves by YAML 1.1, where ``no`` is false and ``02:30`` is 150.
Nothing of that resolution is used here: a plain scalar means what section 10.3.2 of the YAML 1.2.2 specification says.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

import yaml

_WORDS: dict[str, object] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
    ".inf": math.inf, ".Inf": math.inf, ".INF": math.inf,
    "+.inf": math.inf, "+.Inf": math.inf, "+.INF": math.inf,
    "-.inf": -math.inf, "-.Inf": -math.inf, "-.INF": -math.inf,
    ".nan": math.nan, ".NaN": math.nan, ".NAN": math.nan,
}  # fmt: skip
_NUMBER_START = frozenset("+-.0123456789")
_INT = re.compile(r"[-+]?[0-9]+\Z")
_OCTAL = re.compile(r"0o[0-7]+\Z")
_HEX = re.compile(r"0x[0-9a-fA-F]+\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_MAX_DIGITS = 4000  # Python refuses to convert longer integers; such a scalar stays text


def resolve(text: str) -> object:
    """Return what the plain scalar ``text`` means by the YAML 1.2 core schema: null, bool, int, float or the text itself."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_START or len(text) > _MAX_DIGITS:
        return text
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    if _OCTAL.match(text):
        return int(text[2:], 8)
    if _HEX.match(text):
        return int(text[2:], 16)
    return text


class _Dumper(yaml.CSafeDumper):
    """Writes block style, keeps key order, and quotes text that YAML 1.1 or 1.2 would read as anything else."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - signature of the base class
        return True


_Dumper.add_implicit_resolver("tag:yaml.org,2002:int", _OCTAL, ["0"])


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text.strip("\n") and not re.search(r"[ \t]\n|\r|[ \t]\Z|\A[ \n]", text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def dump(value: object) -> str:
    """Return ``value`` (mappings, lists, scalars) as YAML text that reads back equal under 1.1 and 1.2 alike."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=False, width=120, indent=2
    )
    return text


def dump_flow(value: object) -> str:
    """Return ``value`` on one line in flow style, without a line end."""
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=True, width=math.inf
    )
    text = text.strip()
    return text.removesuffix("...").strip() if not isinstance(value, Mapping | list | tuple) else text
