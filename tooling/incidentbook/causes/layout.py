"""A layered layout: what leads stands above what it leads to, in rows, with few crossings and straight lines. Numbers only.

The steps are those of K. Sugiyama, S. Tagawa and M. Toda, "Methods for Visual Understanding of Hierarchical System Structures",
IEEE Transactions on Systems, Man, and Cybernetics 11 (1981): rows, an order within each, places. A row holds few boxes, so that
a picture fits a page. Places are found by pulling each box towards its neighbours, as near as the order within its row allows
(isotonic regression by pooling adjacent violators). The same graph is always laid out alike.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from incidentbook.causes.order import ordered
from incidentbook.causes.places import placed, straightened, ways
from incidentbook.causes.rows import Node, Rows, Way, chained, neighbours, rows_of
from incidentbook.frozen import frozen

_LINE = 10.0  # the room of a line that passes through a row


class Point(NamedTuple):
    """A place, in the unit of the sizes; downwards is positive."""

    x: float
    y: float


class Size(NamedTuple):
    """How wide and how high a box is."""

    width: float
    height: float


class Gaps(NamedTuple):
    """The least room between two boxes of a row, and between rows."""

    across: float = 24.0
    down: float = 52.0


@frozen
class Layout:
    """Where everything is.

    Attributes:
        boxes: the top left corner of each.
        lines: the points of each link, from the lower edge of a box to the upper edge of another: straight down from the first
            to the second, over to the third between two rows, straight down to the fourth, and so on.
        size: of the whole.

    """

    boxes: Mapping[str, Point]
    lines: Mapping[Way, tuple[Point, ...]]
    size: Size


def layered(
    sizes: Mapping[str, Size],
    links: Sequence[Way],
    spine: Iterable[Way] = (),
    most: int = 3,
    gaps: Gaps = Gaps(),  # noqa: B008 - a constant
) -> Layout:
    """Return a layout.

    Args:
        sizes: of each box.
        links: from a box to one that is to stand below it; no loop among them.
        spine: those links that are to be straight before others.
        most: boxes in a row.
        gaps: between boxes.

    """
    straight = set(spine)
    row_of = rows_of(sizes, links, {name for link in straight for name in link}, most)
    rows, chains = chained(sizes, links, row_of)
    up, down = neighbours(chains, straight)
    rows = ordered(rows, up, down)
    widths = {node: sizes[node.name].width if node.row < 0 else _LINE for row in rows for node in row}
    centres = placed(rows, up, down, widths, gaps.across)
    straightened(rows, ways(chains, straight), centres, widths, gaps.across)
    left = min((centres[node] - widths[node] / 2 for node in widths), default=0.0)
    middles = {node: centres[node] - left for node in widths}
    bands = _bands(rows, sizes, gaps.down)
    starts = _ports(((chain[0], chain[1], link) for link, chain in chains.items()), straight, middles, widths)
    ends = _ports(((chain[-1], chain[-2], link) for link, chain in chains.items()), straight, middles, widths)
    lines = {}
    for link, chain in chains.items():
        passed = [Point(middles[node], edge) for node in chain[1:-1] for edge in bands[node]]
        above, below = bands[chain[0]], bands[chain[-1]]
        first = [Point(starts[link], (sum(above) + sizes[link[0]].height) / 2), Point(starts[link], above[1])]
        last = [Point(ends[link], below[0]), Point(ends[link], (sum(below) - sizes[link[1]].height) / 2)]
        lines[link] = tuple(_rounded(point) for point in (*first, *passed, *last))
    boxes = {
        node.name: _rounded(Point(middles[node] - widths[node] / 2, (sum(bands[node]) - sizes[node.name].height) / 2))
        for node in widths
        if node.row < 0
    }
    right = max((middles[node] + widths[node] / 2 for node in widths), default=0.0)
    bottom = max((band[1] for band in bands.values()), default=0.0)
    return Layout(boxes, lines, Size(*_rounded(Point(right, bottom))))


def passes(names: Collection[str], links: Sequence[Way], spine: Iterable[Way] = (), most: int = 3) -> int:
    """Return how many rows all links of a layout pass on their way, which is what makes it slow to find and hard to read."""
    row_of = rows_of(names, links, {name for link in spine for name in link}, most)
    return sum(row_of[from_] - row_of[to] - 1 for from_, to in links)


def _bands(rows: Rows, sizes: Mapping[str, Size], gap: float) -> dict[Node, tuple[float, float]]:
    """Return the upper and the lower edge of the row of each node."""
    bands: dict[Node, tuple[float, float]] = {}
    top = 0.0
    for row in rows:
        bottom = top + max(sizes[node.name].height if node.row < 0 else 0.0 for node in row)
        bands.update(dict.fromkeys(row, (top, bottom)))
        top = bottom + gap
    return bands


def _ports(
    touching: Iterable[tuple[Node, Node, Way]],
    straight: set[Way],
    middles: Mapping[Node, float],
    widths: Mapping[Node, float],
) -> dict[Way, float]:
    """Return where links touch their box, across: side by side in the order of where they lead, a straight one in the middle.

    Each is given with its box and the node that it leads to or comes from next.
    """
    found: dict[Node, list[tuple[float, Way]]] = defaultdict(list)
    for box, other, link in touching:
        found[box].append((middles[other], link))
    ports: dict[Way, float] = {}
    for box, links in found.items():
        links.sort()
        middle = next((float(index) for index, (_, link) in enumerate(links) if link in straight), (len(links) - 1) / 2)
        room = min(18.0, widths[box] * 0.4 / max(middle, len(links) - 1 - middle, 1))
        ports.update((link, middles[box] + (index - middle) * room) for index, (_, link) in enumerate(links))
    return ports


def _rounded(point: Point) -> Point:
    return Point(round(point.x, 1), round(point.y, 1))
