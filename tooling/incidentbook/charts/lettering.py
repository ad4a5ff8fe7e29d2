"""Text in a picture of our own: how much room it takes, and its lines.

Which font a reader has is not known. Widths are those of DejaVu Sans, rounded up by groups of letters: it is the widest of those
that stand in where there is no Arial.
"""

from __future__ import annotations

import functools

from incidentbook.terminal_text import width as columns

_EM = (("ijl.,:;'|! ", 0.34), ('frtI()[]{}/\\-"', 0.42), ("ABCDEFGHKNOPQRSUVXYZ&+=<>", 0.79), ("mMwW%@", 0.98))
_USUAL = 0.64  # of the size of the font, as for digits
_BOLD = 1.13


@functools.lru_cache(maxsize=4096)  # axes and legends say the same words again and again
def width(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide ``text`` is, in pixels, in a font of ``size`` pixels; seldom less than it really is."""
    return sum(_em(sign) for sign in text) * size * (_BOLD if bold else 1)


def lines(text: str, size: float, room: float, most: int, *, bold: bool = False) -> list[str]:
    """Return ``text`` in at most ``most`` lines, none wider than ``room`` pixels; what is left out is an ellipsis."""
    size = size * _BOLD if bold else size
    made = [""]
    for word in text.split():
        for piece in _pieces(word, size, room):
            longer = f"{made[-1]} {piece}".strip()
            if width(longer, size) <= room:
                made[-1] = longer
            else:
                made.append(piece)
    if len(made) > most:
        last = made[most - 1]
        while width(f"{last}…", size) > room:
            last = last[:-1]
        made[most - 1 :] = [f"{last.rstrip()}…"]
    return made


def _pieces(word: str, size: float, room: float) -> list[str]:
    """Return a word in pieces, none of which is wider than ``room``."""
    if width(word, size) <= room:
        return [word]
    pieces = [""]
    for sign in word:
        if pieces[-1] and width(pieces[-1] + sign, size) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces


@functools.lru_cache(maxsize=4096)
def _em(sign: str) -> float:
    if not sign.isascii():
        return 0.65 * columns(sign)
    return next((em for signs, em in _EM if sign in signs), _USUAL)
