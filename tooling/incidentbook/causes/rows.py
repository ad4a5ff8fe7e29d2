"""The rows of a layout: which box stands in which, and where the links between them pass. No places yet."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

Way = tuple[str, str]


class Node(NamedTuple):
    """A box, or where the link from ``name`` to ``to`` passes through a row."""

    name: str
    to: str = ""
    row: int = -1


Rows = list[list[Node]]
Near = dict[Node, list[tuple[Node, float]]]
Chains = dict[Way, list[Node]]


def rows_of(names: Iterable[str], links: Sequence[Way], first: set[str], most: int) -> dict[str, int]:
    """Return the row of each box, counted from the lowest; one of ``first`` is put before others that could have its place."""
    order = {name: (name not in first, index) for index, name in enumerate(names)}
    above, waits = defaultdict[str, list[str]](list), dict.fromkeys(order, 0)
    for from_, to in links:
        above[to].append(from_)
        waits[from_] += 1
    least, rows, filled = dict.fromkeys(order, 0), dict[str, int](), defaultdict[int, int](int)
    ready = [name for name, count in waits.items() if not count]
    while ready:
        name = min(ready, key=lambda each: (least[each], *order[each]))
        ready.remove(name)
        row = next(number for number in itertools.count(least[name]) if filled[number] < most or name in first)
        rows[name] = row
        filled[row] += 1
        for each in above[name]:
            least[each] = max(least[each], row + 1)
            waits[each] -= 1
            if not waits[each]:
                ready.append(each)
    return rows


def chained(names: Iterable[str], links: Sequence[Way], row_of: Mapping[str, int]) -> tuple[Rows, Chains]:
    """Return the rows from the highest to the lowest, and each link as the nodes that it passes."""
    count = max(row_of.values(), default=-1) + 1
    rows: Rows = [[] for _ in range(count)]
    for name in names:
        rows[count - 1 - row_of[name]].append(Node(name))
    chains: Chains = {}
    for from_, to in links:
        start, end = count - 1 - row_of[from_], count - 1 - row_of[to]
        passed = [Node(from_, to, row) for row in range(start + 1, end)]
        for node in passed:
            rows[node.row].append(node)
        chains[from_, to] = [Node(from_), *passed, Node(to)]
    for row in rows:  # lines pass in the middle, unless sweeps find another way
        half = sum(node.row < 0 for node in row) // 2
        boxes, passing = [node for node in row if node.row < 0], [node for node in row if node.row >= 0]
        row[:] = [*boxes[:half], *passing, *boxes[half:]]
    return rows, chains


def neighbours(chains: Chains, straight: set[Way]) -> tuple[Near, Near]:
    """Return what stands above and below each node, with how strongly it pulls."""
    up: Near = defaultdict(list)
    down: Near = defaultdict(list)
    for link, chain in chains.items():
        for above, below in itertools.pairwise(chain):
            weight = (1.0, 2.0, 8.0)[(above.row >= 0) + (below.row >= 0)] * (60.0 if link in straight else 1.0)
            up[below].append((above, weight))
            down[above].append((below, weight))
    return up, down
