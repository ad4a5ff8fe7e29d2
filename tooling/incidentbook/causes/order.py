"""The order within the rows of a layout: sweeps up and down that sort by the mean of neighbours, and swaps (Sugiyama)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping

from incidentbook.causes.rows import Near, Node, Rows

_SWEEPS = 12


def ordered(rows: Rows, up: Near, down: Near) -> Rows:
    """Return the rows in the order with the fewest crossings that sweeps up and down have found."""
    best, fewest = rows, _crossings(rows, down)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        rows = [list(row) for row in rows]
        near, numbers = (up, range(1, len(rows))) if sweep % 2 else (down, range(len(rows) - 2, -1, -1))
        for number in numbers:
            beside = rows[number - 1 if sweep % 2 else number + 1]
            at = {node: index for index, node in enumerate(beside)}
            rows[number] = _by_mean(rows[number], near, at)
        _swapped(rows, up, down)
        found = _crossings(rows, down)
        if found < fewest:
            best, fewest = [list(row) for row in rows], found
    return best


def _by_mean(row: list[Node], near: Near, at: Mapping[Node, int]) -> list[Node]:
    """Return a row sorted by the mean place of each node's neighbours; one that has none keeps its place."""
    key = {
        node: sum(at[each] for each, _ in near[node]) / len(near[node]) if near.get(node) else float(index)
        for index, node in enumerate(row)
    }
    return sorted(row, key=key.__getitem__)


def _swapped(rows: Rows, up: Near, down: Near) -> None:
    """Swap neighbours in a row as long as that takes crossings away."""
    at = {node: index for row in rows for index, node in enumerate(row)}
    better = True
    while better:
        better = False
        for row in rows:
            for index in range(len(row) - 1):
                first, second = row[index], row[index + 1]
                now = sum(_crossed(near, at, first, second) for near in (up, down))
                then = sum(_crossed(near, at, second, first) for near in (up, down))
                if then < now:
                    row[index], row[index + 1] = second, first
                    at[first], at[second] = index + 1, index
                    better = True


def _crossed(near: Near, at: Mapping[Node, int], left: Node, right: Node) -> int:
    """Return how many links of two nodes to one row cross, where ``left`` stands left of ``right``."""
    return sum(at[one] > at[other] for one, _ in near.get(left, ()) for other, _ in near.get(right, ()))


def _crossings(rows: Rows, down: Near) -> int:
    at = {node: index for row in rows for index, node in enumerate(row)}
    return sum(_crossed(down, at, left, right) for row in rows for left, right in itertools.combinations(row, 2))
