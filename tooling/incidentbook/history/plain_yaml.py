"""Whether a text is YAML so plain that it surely means what its lines look like: one regular expression, at C speed.

To compose a record takes half a millisecond, and a past holds tens of thousands. Most are written alike: a mapping of one-line
values, block texts, and lists of such mappings or of values in braces, each level two columns further in. Of a text in which
every line is of that form, each line that begins a key gives that key. Of any other nothing is said; it has to be read.
"""

from __future__ import annotations

import functools
import re
import sys

LARGEST = 200_000  # bytes: the limits of the loader are out of reach
_DEPTH = 2  # levels of lists and mappings below the top
_SOUND = sys.version_info >= (3, 11, 5)  # before, possessive repetitions took in half an item (CPython's issue 106052)
_ODD = bytes({*range(0x20), 0x7F} - {0x0A})  # controls, tabs and carriage returns among them
# What YAML, or we, refuse beyond ASCII, by the first byte in UTF-8: controls, what breaks lines for some, marks, no characters.
_REFUSED = {
    b"\xc2": re.compile(b"\xc2[\x80-\x9f]"), b"\xe2": re.compile(b"\xe2\x80[\xa8\xa9]"),
    b"\xef": re.compile(b"\xef\xbb\xbf|\xef\xbf[\xbe\xbf]"),
}  # fmt: skip


def _but(signs: bytes) -> str:
    """Return a class of all bytes but controls and ``signs``: one that says what it has is twice as fast as a negated one."""
    others = [code for code in range(0x20, 0x100) if code not in signs]
    firsts = [code for code in others if code - 1 not in others]
    lasts = [code for code in others if code + 1 not in others]
    return "[" + "".join(rf"\x{first:02x}-\x{last:02x}" for first, last in zip(firsts, lasts, strict=True)) + "]"


# Each repetition is possessive, so that a text that does not fit is refused in one pass, and holds no group that captures: such
# a one in such a repetition breaks the engine (CPython's issue 101955).
_KEY = r"[A-Za-z_][A-Za-z0-9_.-]{0,99}+:"
_FIRST = _but(b" -?:,[]{}#&*!|>'\"%@`=<~")
_IN_PLAIN, _IN_FLOW, _IN_SINGLE, _IN_DOUBLE = _but(b":#"), _but(b":#,[]{}"), _but(b"'"), _but(b'"\\')
_PLAIN = rf"{_FIRST}{_IN_PLAIN}*+(?:(?::(?! |\n)|(?<! )\#){_IN_PLAIN}*+)*+(?:(?<= )\#[^\n]*+)?"
_QUOTED = rf"""(?:"{_IN_DOUBLE}*+(?:\\["\\/nt]{_IN_DOUBLE}*+)*+"|'{_IN_SINGLE}*+(?:''{_IN_SINGLE}*+)*+')"""
_FLOW_PLAIN = rf"{_FIRST}{_IN_FLOW}*+(?::(?=[A-Za-z0-9/]){_IN_FLOW}*+)*+"
_REMARK = r"(?: ++\#[^\n]*+)?"
_NOTE = r" *+(?:\#[^\n]*+)?\n"


def is_plain(text: bytes) -> bool:
    """Whether ``text``, UTF-8 with line feeds, is such a mapping; its last line has to be ended."""
    if not _SOUND or len(text) > LARGEST or len(text.translate(None, _ODD)) != len(text):
        return False
    return (text.isascii() or _is_seen(text)) and _whole(0 if b":\n- " in text else 2).match(text) is not None


def _is_seen(text: bytes) -> bool:
    """Whether ``text`` is UTF-8 in which every character is one that YAML allows and a reader sees."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not any(first in text and sign.search(text) for first, sign in _REFUSED.items())


@functools.cache
def _whole(step: int) -> re.Pattern[bytes]:
    """Return the expression for a whole text whose lists stand ``step`` columns further in than their keys."""
    return re.compile(rf"(?:{_NOTE})*+(?:---\n)?+(?:{_KEY}{_rest(0, step, _DEPTH)}|{_NOTE})++\Z".encode("ascii"))


def _rest(column: int, step: int, depth: int) -> str:
    """Return what may follow a key at ``column``: a value, a block text, or what is nested below it."""
    inner, dash = column + 2, column + step
    block = rf"[|>][+-]?\n {{{inner}}}[^ \n][^\n]*+\n(?: {{{inner}}}[^\n]*+\n|\n)*+"
    beside = rf" ++(?:{_value(column)}|{block})"
    item = rf" {{{dash}}}- {_value(dash)}(?!(?:{_NOTE})*+ {{{dash + 1}}})"
    if not depth:
        return rf"(?:{beside}|{_REMARK}\n(?:{_NOTE})*+(?:{item}|{_NOTE})*+)"
    pair = rf"(?: {{{dash}}}- | {{{dash + 2}}}){_KEY}{_rest(dash + 2, step, depth - 1)}"
    items = rf"(?= {{{dash}}}- )(?:{pair}|{item}|{_NOTE})++"
    pairs = rf"(?= {{{inner}}}{_KEY})(?: {{{inner}}}{_KEY}{_rest(inner, step, depth - 1)}|{_NOTE})++"
    return rf"(?:{beside}|{_REMARK}\n(?:{_NOTE})*+(?:{items}|{pairs})?+)"


@functools.cache
def _value(column: int) -> str:
    """Return what may follow a key or a dash at ``column``: one line, or more in brackets, the others further in than it."""
    comma = rf",(?: |\n {{{column + 1}}} *+)"
    scalar = rf"(?:{_FLOW_PLAIN}|{_QUOTED})"
    inner = rf"(?:{scalar}|{_sequence(scalar, comma)}|{_mapping(scalar, comma)})"
    return rf"(?:{_PLAIN}|(?:{_QUOTED}|{_sequence(inner, comma)}|{_mapping(inner, comma)}){_REMARK} *+)\n"


def _sequence(value: str, comma: str) -> str:
    """Return a list in brackets."""
    return rf"\[(?:{value}(?:{comma}|(?=\])))*+\]"


def _mapping(value: str, comma: str) -> str:
    """Return a mapping in braces."""
    return rf"\{{(?:{_KEY} {value}(?:{comma}|(?=\}})))*+\}}"
