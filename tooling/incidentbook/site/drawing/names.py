"""Where words stand so that none lies over another: above lines, along a row, below an axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from incidentbook.charts import lettering
from incidentbook.frozen import frozen

_HIGH = 14.0  # of a line of words
_APART = 7.0
_MOST = 4  # lines of words above each other
_INSET = 4.0  # between a line and its name
_TOGETHER = 2.5  # two lines that are no further apart look like one


@frozen
class Word:
    """Something written. ``kind`` says how it is aligned and looks: ``e`` ends at x, ``m`` has its middle there, others begin."""

    x: float
    y: float
    text: str
    kind: str = ""


@frozen
class Stairs:
    """Words above lines: the words, (x, top) of each line, and how high all of it is."""

    words: tuple[Word, ...]
    lines: tuple[tuple[float, float], ...]
    height: float


def staircase(found: Sequence[tuple[float, str]], edges: tuple[float, float], size: float) -> Stairs:
    """Place names at lines that run downwards from them, in the order of ``x``.

    A name stands to the right of its line, or left of it near the right edge; no line runs through a name of another. Where
    there is no room left, a name joins the one before it.

    Args:
        found: (x, name), by x.
        edges: the leftmost and the rightmost place for letters.
        size: of the letters.

    """
    reached = [edges[0] - _APART] * _MOST  # how far to the right each line of words goes
    placed: list[_Named] = []
    for x, name in found:
        last = next((one for one in reversed(placed) if one.names), None)
        if last and x - last.x <= _TOGETHER and last.takes(name, edges[1], size, reached):
            continue
        wide = lettering.width(name, size) + _INSET
        ends = x + wide > edges[1]
        row = _row(x, x - wide if ends else x, reached)
        if row is not None:
            placed.append(_Named(x, row, [name], ends))
            reached[row] = x if ends else x + wide
            continue
        if last:
            last.takes(name, edges[1], size, reached)
        placed.append(_Named(x, _MOST - 1, [], ends=False))  # where its name has no room, the description has it
    deepest = max((one.row for one in placed), default=-1) + 1
    words = tuple(one.word(size) for one in placed if one.names)
    return Stairs(words, tuple((one.x, one.row * _HIGH + 2) for one in placed), deepest * _HIGH)


def _row(x: float, left: float, reached: Sequence[float]) -> int | None:
    """Return the highest line of words with room from ``left`` on, such that what runs down from ``x`` meets no word; or None."""
    for row in range(_MOST):
        if left >= reached[row] + _APART and all(x > end + 1 for end in reached[row + 1 :]):
            return row
    return None


@dataclass(slots=True)
class _Named:
    """A line with the names at it, which end there or begin there."""

    x: float
    row: int
    names: list[str]
    ends: bool

    def takes(self, name: str, right: float, size: float, reached: list[float]) -> bool:
        """Take another name, if there is room for it up to ``right``; say whether there is."""
        if self.ends or not self.names:
            return False
        end = self.x + lettering.width(_listed([*self.names, name]), size) + _INSET
        if end > right or reached[self.row] > end:
            return False
        self.names.append(name)
        reached[self.row] = end
        return True

    def word(self, size: float) -> Word:
        """Return all names as one word."""
        return Word(
            self.x + (-_INSET if self.ends else _INSET),
            self.row * _HIGH + size,
            _listed(self.names),
            "e" if self.ends else "",
        )


def _listed(named: Sequence[str]) -> str:
    return ", ".join(named).capitalize() if len(named) > 1 or not named[0].startswith("~") else named[0]


def along(found: Sequence[tuple[float, float, str]], right: float, size: float) -> list[Word]:
    """Place words in a row, each to begin at its (x, y); one for which there is no room up to the next is left out."""
    words = []
    reached = float("-inf")
    for index, (x, y, text) in enumerate(found):
        wide = lettering.width(text, size)
        begin = min(x, right - wide)
        following = found[index + 1][0] if index + 1 < len(found) else right + 1
        if begin >= reached and begin + wide <= max(following, begin + wide if index + 1 == len(found) else 0):
            words.append(Word(begin, y, text, ""))
            reached = begin + wide + _APART
    return words


def below(ticks: Sequence[tuple[float, str]], y: float, edges: tuple[float, float], size: float) -> list[Word]:
    """Place words under the ticks of an axis, those left out that would touch the one before."""
    words = []
    reached = edges[0] - _APART
    for x, text in ticks:
        half = lettering.width(text, size) / 2
        if x - half >= reached + _APART and x + half <= edges[1]:
            words.append(Word(x, y, text, "m"))
            reached = x + half
    return words
