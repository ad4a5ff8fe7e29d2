"""A chart for a terminal: a bar for each value, and what is unusual told in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from incidentbook.charts.data import Bar, Data
from incidentbook.terminal_text import clean, width

_EIGHTHS = ("", *"▏▎▍▌▋▊▉")
_LEAST, _MOST, _LABEL = 8, 40, 32  # columns of the longest bar, at least and at most; of a label


def lines(data: Data, columns: int) -> Iterator[str]:
    """Yield the lines of the chart itself, none of which is wider than ``columns``; nothing where it is not drawn."""
    names = [_cut(clean(bar.label)) for bar in data.bars]
    said = [clean(bar.said) for bar in data.bars]
    label = max(map(width, names), default=0)
    value = max(map(width, said), default=0)
    mark = max((width(clean(bar.mark)) for bar in data.bars), default=0)
    room = min(max(columns - label - value - mark - (6 if mark else 4), _LEAST), _MOST)
    lengths = _lengths(data.bars, room)
    longest = max((len(length) for length in lengths), default=0)
    for bar, name, text, length in zip(data.bars, names, said, lengths, strict=True):
        blocks = f"  {length}{' ' * (longest - len(length))}" if longest else ""
        line = f"{name}{' ' * (label - width(name))}  {text}{' ' * (value - width(text))}{blocks}  {clean(bar.mark)}"
        yield line.rstrip()[:columns]


def _cut(text: str) -> str:
    return text if len(text) <= _LABEL else f"{text[: _LABEL - 1]}…"


def _lengths(bars: Sequence[Bar], room: int) -> list[str]:
    """Return the bars; the longest takes ``room`` columns, and one below zero, as a logarithm may be, takes none."""
    values = [bar.value or 0.0 for bar in bars]
    most = max(values, default=0.0)
    if most <= 0:
        return [""] * len(bars)
    eighths = [max(0, round(room * 8 * value / most)) for value in values]
    return [f"{'█' * (count // 8)}{_EIGHTHS[count % 8]}" for count in eighths]
