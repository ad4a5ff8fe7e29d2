"""Small pictures drawn as SVG here and now: columns over months, and how full something is. They take the page's colours.

A page of the usual charts has those of `incidentbook.charts`; these are for hundreds of pages, where each may take no time.
"""

from __future__ import annotations

from collections.abc import Sequence

from incidentbook.site import text

_WIDTH, _HEIGHT, _FOOT = 480, 72, 16  # pixels
_HIGH, _FULL = 75.0, 100.0  # per cent


def columns(counts: Sequence[tuple[str, int]], said: str) -> str:
    """Return a column for each count, with its label in the tooltip and the first and last label below.

    Args:
        counts: (label, count) in their order.
        said: what the picture shows, for whoever does not see it; plain text.

    """
    most = max((count for _, count in counts), default=0)
    if not most:
        return ""
    step = _WIDTH / len(counts)
    bars = "".join(
        f'<rect x="{place * step + step * 0.12:.1f}" y="{_HEIGHT - _tall(count, most):.1f}" width="{step * 0.76:.1f}" '
        f'height="{_tall(count, most):.1f}" rx="1"><title>{text.escape(label, begins=False)}: {count}</title></rect>'
        for place, (label, count) in enumerate(counts)
        if count
    )
    first, last = (text.escape(counts[place][0], begins=False) for place in (0, -1))
    return (
        f'<svg class="ib-columns" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT + _FOOT}" role="img">'
        f"<title>{text.escape(said, begins=False)}</title>{bars}"
        f'<line x1="0" x2="{_WIDTH}" y1="{_HEIGHT}" y2="{_HEIGHT}"/>'
        f'<text x="0" y="{_HEIGHT + _FOOT - 3}">{first}</text>'
        f'<text x="{_WIDTH}" y="{_HEIGHT + _FOOT - 3}" text-anchor="end">{last}</text></svg>'
    )


def _tall(count: int, most: int) -> float:
    return (_HEIGHT - 4) * count / most


def full(percent: float, said: str) -> str:
    """Return a bar that is ``percent`` full, red where it is over; ``said`` is for whoever does not see it."""
    shown = min(max(percent, 0.0), _FULL)
    kind = " ib-full--over" if percent >= _FULL else " ib-full--high" if percent >= _HIGH else ""
    return (
        f'<svg class="ib-full{kind}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 4" role="img" '
        'preserveAspectRatio="none">'
        f'<title>{text.escape(said, begins=False)}</title><rect class="ib-full__whole" width="100" height="4"/>'
        f'<rect width="{shown:.1f}" height="4"/></svg>'
    )
