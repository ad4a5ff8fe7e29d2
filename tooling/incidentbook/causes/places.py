"""The places across of a layout: each node is pulled towards its neighbours, as near as the order within its row allows."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from incidentbook.causes.rows import Chains, Near, Node, Rows, Way

_SWEEPS, _LAST = 10, 2  # down and up again: by one side at a time, and in the end by both
_FAR = 1e9


def placed(rows: Rows, up: Near, down: Near, widths: Mapping[Node, float], gap: float) -> dict[Node, float]:
    """Return the middle of each node across."""
    apart = [[(widths[left] + widths[right]) / 2 + gap for left, right in itertools.pairwise(row)] for row in rows]
    centres: dict[Node, float] = {}
    for row, steps in zip(rows, apart, strict=True):
        places = list(itertools.accumulate(steps, initial=0.0))
        centres.update((node, place - places[-1] / 2) for node, place in zip(row, places, strict=True))
    for _ in range(_SWEEPS):
        before = dict(centres)
        _pull(rows, apart, centres, up)
        _pull(rows[::-1], apart[::-1], centres, down)
        if centres == before:  # nor would anything move the next time
            break
    both = {node: [*up.get(node, ()), *down.get(node, ())] for row in rows for node in row}
    for _ in range(_LAST):
        _pull(rows, apart, centres, both)
        _pull(rows[::-1], apart[::-1], centres, both)
    return centres


def _pull(rows: Rows, apart: Sequence[Sequence[float]], centres: dict[Node, float], near: Near) -> None:
    """Pull the nodes of each row, one row after the other, towards what is ``near`` them."""
    for row, steps in zip(rows, apart, strict=True):
        wanted: list[tuple[float, float]] = []
        for node in row:
            pulling = near.get(node, ())
            weight = sum(each for _, each in pulling)
            place = sum(centres[other] * each for other, each in pulling) / weight if weight else centres[node]
            wanted.append((place, weight or 0.1))
        centres.update(zip(row, _fitted(wanted, steps), strict=True))


def _fitted(wanted: Sequence[tuple[float, float]], apart: Sequence[float]) -> list[float]:
    """Return the places nearest to those ``wanted`` (place, weight) that are at least so far ``apart``, by least squares."""
    if not apart:
        return [place for place, _ in wanted]
    offsets = list(itertools.accumulate(apart, initial=0.0))
    pools: list[tuple[float, float, int]] = []  # mean, weight, how many
    for (place, weight), offset in zip(wanted, offsets, strict=True):
        mean, heavy, count = place - offset, weight, 1
        while pools and pools[-1][0] >= mean:
            other, more, members = pools.pop()
            mean, heavy, count = (mean * heavy + other * more) / (heavy + more), heavy + more, count + members
        pools.append((mean, heavy, count))
    means = [mean for mean, _, count in pools for _ in range(count)]
    return [mean + offset for mean, offset in zip(means, offsets, strict=True)]


def ways(chains: Chains, straight: set[Way]) -> list[list[Node]]:
    """Return what is to stand below one another: along the links that are to be straight, then along each link by itself."""
    after = {chain[0]: chain for link, chain in chains.items() if link in straight}
    ends = {chain[-1] for chain in after.values()}
    ways: list[list[Node]] = []
    for start in after:
        if start not in ends:
            way = [start]
            while way[-1] in after:
                way += after[way[-1]][1:]
            ways.append(way)
    return [*ways, *(list(chain[1:-1]) for chain in chains.values())]


def straightened(
    rows: Rows, ways: Sequence[Sequence[Node]], centres: dict[Node, float], widths: Mapping[Node, float], gap: float
) -> None:
    """Put the nodes of each way below one another, as many at a time as their neighbours leave room for."""
    at = {node: (row, index) for row in rows for index, node in enumerate(row)}

    def room(node: Node) -> tuple[float, float]:
        row, index = at[node]
        least = centres[row[index - 1]] + (widths[row[index - 1]] + widths[node]) / 2 + gap if index else -_FAR
        last = index + 1 == len(row)
        most = _FAR if last else centres[row[index + 1]] - (widths[row[index + 1]] + widths[node]) / 2 - gap
        return least, most

    for way in ways:
        together: list[Node] = []
        low, high = -_FAR, _FAR
        for node in [*way, None]:
            least, most = room(node) if node else (_FAR, -_FAR)
            if node and max(low, least) <= min(high, most):
                together.append(node)
                low, high = max(low, least), min(high, most)
                continue
            if together:
                mean = sum(centres[each] for each in together) / len(together)
                centres.update(dict.fromkeys(together, min(max(mean, low), high)))
            together, (low, high) = ([node] if node else []), (least, most)
