"""The graph of causes in the notations of other tools: DOT of Graphviz, and a flowchart of Mermaid."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from incidentbook.causes.graph import HAPPENED, Cause, Graph
from incidentbook.terminal_text import clean

_LINE = 30  # characters of a label's line
_SYNTAX = re.compile(r"[^\w .,:()/-]")


def dot(graph: Graph) -> str:
    """Return the graph for Graphviz: ``dot -Tpdf``."""
    return "\n".join(["digraph causes {", *(f"  {line}" for line in _dot(graph)), "}", ""])


def mermaid(graph: Graph) -> str:
    """Return the graph as a flowchart, which GitHub draws in a fence called ``mermaid``."""
    return "\n".join(["flowchart TD", *(f"  {line}" for line in _mermaid(graph)), ""])


def _dot(graph: Graph) -> Iterator[str]:
    yield 'node [shape=box, style=rounded, fontname="sans-serif"];'
    names = {cause.id: f"n{number}" for number, cause in enumerate(graph.causes)}
    for cause in graph.causes:
        label = r"\n".join(line.replace("\\", "\\\\").replace('"', '\\"') for line in _label(cause))
        wide = ", penwidth=3" if cause.primary else ', style="rounded,bold"' if cause.id == HAPPENED else ""
        yield f'{names[cause.id]} [label="{label}"{wide}];'
    for link in graph.links:
        marks = ["penwidth=3"] * link.spine + ["style=dashed", "constraint=false"] * link.returns
        given = f" [{', '.join(marks)}]" if marks else ""
        yield f"{names[link.from_]} -> {names[link.to]}{given};"


def _mermaid(graph: Graph) -> Iterator[str]:
    names = {cause.id: f"n{number}" for number, cause in enumerate(graph.causes)}
    for cause in graph.causes:
        label = "<br>".join(_SYNTAX.sub(lambda sign: f"#{ord(sign[0])};", line) for line in _label(cause))
        opening, closing = ("([", "])") if cause.id == HAPPENED else ("[", "]")
        yield f'{names[cause.id]}{opening}"{label}"{closing}'
    for link in graph.links:
        arrow = "-.->" if link.returns else "==>" if link.spine else "-->"
        yield f"{names[link.from_]} {arrow} {names[link.to]}"
    yield from (f"style {names[cause.id]} stroke-width:3px" for cause in graph.causes if cause.primary)


def _label(cause: Cause) -> list[str]:
    marks = ["Primary cause"] * cause.primary
    marks += [cause.factor] if cause.factor and cause.factor != cause.text else []
    marks += [f"Why {', '.join(map(str, cause.whys))}"] * bool(cause.whys)
    return [*map(clean, marks), *textwrap.wrap(clean(cause.text), _LINE)]
