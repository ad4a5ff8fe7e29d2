"""The graph of causes as lines of text: a tree from what happened down, below each cause what led to it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from incidentbook.causes.graph import HAPPENED, Cause, Graph
from incidentbook.terminal_text import clean, printable

_LEAST = 24  # columns of text, however deep it stands


def lines(graph: Graph, columns: int) -> Iterator[str]:
    """Yield the lines of the tree, then the loops; none has more than ``columns`` columns of narrow characters.

    A cause that led to several things is told in full where it comes first; the path of the whys comes before others.
    """
    causes = graph.by_id
    below: dict[str, list[str]] = {name: [] for name in causes}
    for link in sorted(graph.links, key=lambda link: not link.spine):
        if not link.returns:
            below[link.to].append(link.from_)
    told: set[str] = set()
    left = [(HAPPENED, "", "")]
    while left:
        name, first, others = left.pop()
        led = below[name]
        again = name in told and bool(led)
        told.add(name)
        under = "" if again or not led else "│  "
        yield from _wrapped(_said(causes[name], again=again), first, others + under, columns)
        if not again:
            for number, each in enumerate(reversed(led)):
                left.append((each, others + ("├─ " if number else "└─ "), others + ("│  " if number else "   ")))
    for loop in graph.told_loops():
        yield from _wrapped(f"A loop: {printable(loop)}", "", "  ", columns)


def _said(cause: Cause, *, again: bool) -> str:
    marks = ["primary"] * cause.primary
    if cause.id == HAPPENED:
        return f"{cause.factor} {cause.text}".strip()
    marks += [cause.factor] if cause.factor and cause.factor != cause.text else []
    marks += [f"why {', '.join(map(str, cause.whys))}"] * bool(cause.whys)
    said = f"{cause.text} [{'; '.join(marks)}]" if marks else cause.text
    return f"{said} (as above)" if again else said


def _wrapped(text: str, first: str, others: str, columns: int) -> list[str]:
    first, others = (prefix[-max(columns - _LEAST, 0) :] for prefix in (first, others))
    return textwrap.wrap(clean(text), columns, initial_indent=first, subsequent_indent=others) or [first.rstrip()]
