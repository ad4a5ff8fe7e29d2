"""Text in a picture of our own: how much room it takes, and its lines.

Widths are those of Liberation Sans, rounded up by groups of letters.
"""

from __future__ import annotations

from incidentbook.terminal_text import width as columns

_EM = (("ijl.,:;'|! ", 0.28), ('frtI()[]{}/\\-"', 0.37), ("ABCDEFGHKNOPQRSUVXYZw&", 0.73), ("mMW%@", 0.95))
_USUAL = 0.56  # of the size of the font, as for digits


def width(text: str, size: float) -> float:
    """Return about how wide ``text`` is, in pixels, in a font of ``size`` pixels; seldom less than it really is."""
    return sum(_em(sign) for sign in text) * size


def lines(text: str, size: float, room: float, most: int) -> list[str]:
    """Return ``text`` in at most ``most`` lines, none wider than ``room`` pixels; what is left out is an ellipsis."""
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
    pieces = [""]
    for sign in word:
        if pieces[-1] and width(pieces[-1] + sign, size) > room:
            pieces.append("")
        pieces[-1] += sign
    return pieces


def _em(sign: str) -> float:
    if not sign.isascii():
        return 0.6 * columns(sign)
    return next((em for signs, em in _EM if sign in signs), _USUAL)
