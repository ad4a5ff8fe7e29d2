"""libyaml's composer: text to nodes with marks, within limits that keep a hostile text from taking the process. No I/O."""

from __future__ import annotations

import re
from typing import Any

import yaml
from yaml._yaml import CParser

MAX_CHARACTERS = 5_000_000
MAX_DEPTH = 100
MAX_NODES = 200_000
TOO_DEEP = f"The YAML is nested more than {MAX_DEPTH} levels deep"
TOO_MANY = f"The YAML holds more than {MAX_NODES:,} values"
BREAKS_OF_1_1 = re.compile("[\x85\u2028\u2029]")  # line ends for libyaml, plain characters for YAML 1.2
_FEW = 300
_FAR_IN = "\n" + " " * 60
_UNCOUNTED = (  # what may hold several levels within a column: items on one line, and indentation behind an odd line end
    "- - ", "- ? ", "-  ", "-\t", "? - ", "? ? ", "?  ", "?\t", "\r ", "\ufeff ",
)  # fmt: skip


class TooMuchError(Exception):
    """Nesting beyond MAX_DEPTH, or more than MAX_NODES; libyaml itself would go on until the process dies."""

    def __init__(self, message: str, mark: yaml.Mark) -> None:
        super().__init__(message)
        self.mark = mark


class _Loader(CParser):
    """libyaml's composer without any implicit resolver: every plain scalar stays text until `resolve` reads it."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> str:
        """Give every node the same tag: what a scalar means is read from its text, and tags are refused."""
        del kind, value, implicit
        return ""

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Go down a level."""

    def ascend_resolver(self) -> None:
        """Leave it."""


class _CountingLoader(_Loader):
    """The same for text that may be nested deeply, or hold a great many values."""

    _depth = 0
    _nodes = 0

    def descend_resolver(self, current_node: Any, current_index: Any) -> None:
        """Count the depth: the composer calls this for every node, before it recurses in C."""
        del current_index
        self._depth += 1
        self._nodes += 1
        if self._depth > MAX_DEPTH:
            raise TooMuchError(TOO_DEEP, current_node.start_mark)
        if self._nodes > MAX_NODES:
            raise TooMuchError(TOO_MANY, current_node.start_mark)

    def ascend_resolver(self) -> None:
        """Leave a node."""
        self._depth -= 1


def compose(text: str) -> yaml.Node | None:
    """Return the root node of ``text``, or None where it holds no data.

    Raises:
        yaml.YAMLError: it is no YAML.
        UnicodeEncodeError: it holds half of a character.
        TooMuchError: it is nested too deeply, or holds too many values.

    """
    text = _without_breaks_of_1_1(text)
    loader = _Loader(text) if _is_shallow(text) else _CountingLoader(text)
    node: yaml.Node | None = loader.get_single_node()
    return node


def _without_breaks_of_1_1(text: str) -> str:
    """Return ``text`` with a character in place of each, as it is none but a character to YAML 1.2: lines are counted alike."""
    return BREAKS_OF_1_1.sub("\ufffd", text)


def _is_shallow(text: str) -> bool:
    """Whether a look tells that the text is short and nested less than a few hundred levels deep, as nearly all are.

    Block collections nest by columns, two a column at most, unless several begin on one line; flow collections by brackets.
    """
    if len(text) > MAX_NODES:
        return False
    brackets = text.count("[") + text.count("{")
    return brackets <= _FEW and _FAR_IN not in text and not any(sign in text for sign in _UNCOUNTED)


def again(text: str) -> yaml.Node | None:
    """Compose for positions; None where the first reading failed too, and said why."""
    try:
        return compose(text) if len(text) <= MAX_CHARACTERS else None
    except (yaml.YAMLError, TooMuchError, UnicodeEncodeError):
        return None
