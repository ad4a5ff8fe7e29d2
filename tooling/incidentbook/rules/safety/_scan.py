"""What the safety rules share: scanning the source itself, so that comments and what importers kept are seen too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.rules import Hit, KeyPath, Place, passages

# Keys whose values are addresses or fingerprints: long numbers in them are no numbers of anybody.
MACHINE_KEYS = frozenset(("id", "ref", "url", "page", "digest", "commit"))
# An address that a team gives out so that people write to it.
GIVEN_OUT = frozenset(("contact",))

_DECIMAL = bytes.maketrans(b"123456789", b"0" * 9)
_HEXADECIMAL = bytes.maketrans(b"123456789abcdefABCDEF", b"0" * 21)
Accept = Callable[[re.Match[str]], bool]


def found(
    entry: Entry[Any], pattern: re.Pattern[str], accept: Accept, exempt: frozenset[str] = frozenset()
) -> Iterator[re.Match[str]]:
    """Yield the matches of ``pattern`` in a file's source that ``accept`` takes and that stand below no ``exempt`` key."""
    document = entry.document
    for match in pattern.finditer(document.text):
        if accept(match) and not (exempt and exempt & _keys(passages.path_at(document, match.start()))):
            yield match


def may_hold(entry: Entry[Any], *shapes: bytes, letters: bool = False) -> bool:
    """Whether a file may hold a number of one of ``shapes``, in which 0 stands for any digit (and any letter from a to f).

    That takes a hundredth of the time in which a pattern is searched for.
    """
    shape = entry.document.text.encode(errors="surrogatepass").translate(_HEXADECIMAL if letters else _DECIMAL)
    return any(wanted in shape for wanted in shapes)


def hit(entry: Entry[Any], match: re.Match[str], message: str, hint: str) -> Hit:
    """Return the hit at a match."""
    span = passages.span_at(entry.document.text, *match.span())
    return Hit(Place(entry, span=span), message, hint)


def veiled(text: str) -> str:
    """Return the first and the last two characters of what must not be repeated in a report."""
    return f"{text[:2]}…{text[-2:]}"


def _keys(path: KeyPath) -> frozenset[str]:
    return frozenset(step for step in path if isinstance(step, str))
