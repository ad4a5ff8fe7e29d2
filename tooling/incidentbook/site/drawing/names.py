"""Where words stand so that none lies over another: above lines, along a row, below an axis."""

from __future__ import annotations

from collections.abc import Sequence

from incidentbook.charts import lettering
from incidentbook.frozen import frozen

_HIGH = 14.0  # of a line of words
_APART = 7.0
_MOST = 4  # lines of words above each other
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
    placed: list[tuple[float, int, list[str], bool]] = []
    for x, name in found:
        if placed and x - placed[-1][0] <= _TOGETHER:
            _join(placed, name, reached, edges, size)
            continue
        wide = lettering.width(name, size) + 4
        ends = x + wide > edges[1]
        left = x - wide if ends else x
        line = next(
            (row for row in range(_MOST) if left >= reached[row] + _APART and all(x > end + 1 for end in reached[row + 1 :])),
            None,
        )
        if line is None:
            _join(placed, name, reached, edges, size, at=x)
            continue
        placed.append((x, line, [name], ends))
        reached[line] = x if ends else x + wide
    deepest = max((row for _, row, _, _ in placed), default=-1) + 1
    words = tuple(
        Word(x + (-4 if ends else 4), row * _HIGH + size, _listed(named), "e" if ends else "")
        for x, row, named, ends in placed
        if named
    )
    return Stairs(words, tuple((x, row * _HIGH + 2) for x, row, _, _ in placed), deepest * _HIGH)


def _join(
    placed: list[tuple[float, int, list[str], bool]], name: str, reached: list[float], edges: tuple[float, float],
    size: float, at: float | None = None,
) -> None:  # fmt: skip
    """Add a name to the last one where there is room for it; its line, if it has one of its own, carries no name."""
    x, row, named, ends = next(one for one in reversed(placed) if one[2])
    wide = lettering.width(_listed([*named, name]), size) + 4
    room = x - wide >= edges[0] if ends else x + wide <= edges[1]
    if room and (not ends or x - wide >= reached[row] - lettering.width(_listed(named), size) or len(named) > 1):
        named.append(name)
        if not ends:
            reached[row] = x + wide
    if at is not None:
        placed.append((at, _MOST - 1, [], False))


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
