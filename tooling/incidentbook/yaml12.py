"""YAML 1.2 core-schema semantics on top of libyaml: what a plain scalar means, and when to quote one.

libyaml (through PyYAML) scans and composes at C speed but resolves by YAML 1.1, where ``no`` is false and ``02:30`` is 150.
Nothing of that resolution is used here: a plain scalar means what section 10.3.2 of the YAML 1.2.2 specification says.
"""

from __future__ import annotations

import math
import re
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
_BREAKS = re.compile("[\n\r\x85\u2028\u2029]")
_NOT_LITERAL = re.compile("[ \t]\n|[\r\x85\u2028\u2029]|[ \t]\\Z|\\A[ \t\n]|\n\t")
_ONE_LINE = 2**31 - 1
_PLAIN_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d))?\Z", re.ASCII)
_MARK = "\ue000"  # for private use: stands before a letter that stands for a sign which would make the dumper quote
_SIGNS = {"c": ":", "d": "-", "m": _MARK}
_HIDING = str.maketrans({sign: _MARK + letter for letter, sign in _SIGNS.items()})
_HIDDEN = re.compile(f"{_MARK}([{''.join(_SIGNS)}])")
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
        return int(text, 0)
    if _HEX.match(text):
        return int(text, 0)
    return text


class Flow(dict[str, Any]):
    """A mapping to be written on one line, in flow style, whatever it stands in."""


class _Dumper(yaml.CSafeDumper):
    """Writes block style, keeps key order, and quotes text that YAML 1.1 or 1.2 would read as anything else.

    Dates and times stay plain, as people write them: a reader of 1.1 makes the same date of them.
    """

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - signature of the base class
        return True


class _WideDumper(yaml.SafeDumper):
    """The same in Python: libyaml escapes every character beyond U+FFFF, and nobody can read an escaped emoji."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - signature of the base class
        return True


def _text(dumper: _Dumper | _WideDumper, text: str) -> yaml.ScalarNode:
    """Write a text of several lines as a literal block where that keeps it, and everything else on one line."""
    style = None
    text = text.translate(_HIDING) if _PLAIN_TIME.match(text) else text.replace(_MARK, f"{_MARK}m")
    if _BREAKS.search(text):
        # A block that keeps blank lines at its end would also keep those that follow it in the file.
        quoted = _NOT_LITERAL.search(text) or text.endswith("\n\n") or "\n" not in text.rstrip("\n")
        style = '"' if quoted else "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _flow(dumper: _Dumper | _WideDumper, value: Flow) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=True)


for _kind in (_Dumper, _WideDumper):
    # What 1.2 reads as a number and 1.1 does not has to be quoted too; some readers of 1.2 allow a sign before 0o.
    _kind.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"[-+]?0o[0-7]+\Z"), ["0", "-", "+"])
    _kind.add_implicit_resolver("tag:yaml.org,2002:float", _FLOAT, list("-+.0123456789"))
    _kind.add_representer(str, _text)
    _kind.add_representer(Flow, _flow)


def dump(value: object) -> str:
    """Return ``value`` (mappings, lists, scalars) as YAML text that reads back equal under 1.2, and under 1.1 but for dates."""
    return _dump(value, default_flow_style=False, width=_ONE_LINE if _holds_flow(value) else 120, indent=2)


def _holds_flow(value: object) -> bool:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return isinstance(value, Flow) or any(map(_holds_flow, inner))


def dump_flow(value: object, *, nested: bool = False) -> str:
    """Return ``value`` on one line, collections in flow style, without a line end.

    Args:
        value: mappings, lists, scalars.
        nested: the text will stand inside ``[]`` or ``{}``, where commas and brackets need quotes.

    """
    inner = _dump([value], default_flow_style=True, width=_ONE_LINE).strip()[1:-1]
    if nested or not isinstance(value, str) or _BREAKS.search(value):
        return inner
    return _dump(value, width=_ONE_LINE).removesuffix("\n").removesuffix("\n...")


def _dump(value: object, **layout: Any) -> str:
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, **layout)
    if "\\U000" in text or "\\U0010" in text:
        text = yaml.dump(value, Dumper=_WideDumper, sort_keys=False, allow_unicode=True, **layout)
    return _HIDDEN.sub(lambda found: _SIGNS[found[1]], text) if _MARK in text else text
