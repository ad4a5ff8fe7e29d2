"""Text in terminal columns: cut, wrapped and padded by what it takes on the screen, where an ideograph or emoji takes two."""

from __future__ import annotations

from incidentbook.terminal_text import width

ELLIPSIS = "…"


def pad(text: str, columns: int) -> str:
    """Fill ``text`` with blanks up to ``columns``."""
    return text + " " * (columns - width(text))


def cut(text: str, columns: int) -> str:
    """Return ``text`` in at most ``columns``, with an ellipsis where something was left out."""
    if width(text) <= columns:
        return text
    return (_head(text, max(columns - 1, 0)).rstrip() + ELLIPSIS) if columns > 0 else ""


def wrap(text: str, columns: int, lines: int) -> list[str]:
    """Break ``text`` between words into at most ``lines`` lines; a word that is too long is broken, and the rest is cut off."""
    found: list[str] = []
    left = text.strip()
    while left and len(found) < lines - 1 and width(left) > columns:
        head = _head(left, max(columns, 2))
        space = head.rfind(" ") if left[len(head) : len(head) + 1] != " " else len(head)
        end = space if space > 0 else len(head)
        found.append(left[:end].rstrip())
        left = left[end:].lstrip()
    return [*found, cut(left, columns)]


def _head(text: str, columns: int) -> str:
    """Return the longest beginning of ``text`` that fits, marks that belong to its last letter included."""
    used = 0
    for index, character in enumerate(text):
        used += width(character)
        if used > columns:
            return text[:index]
    return text
