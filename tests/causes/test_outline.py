"""The graph of causes as text: a tree from what happened down, within 80 columns, whatever stands in it."""

from __future__ import annotations

import itertools

from causes.test_graph import causes
from incidentbook.causes import outline
from incidentbook.causes.graph import Graph
from incidentbook.records.postmortem import Why
from incidentbook.terminal_text import width


def tree(made: Graph, columns: int = 80) -> str:
    return "\n".join(outline.lines(made, columns))


def test_below_each_cause_stands_what_led_to_it_the_whys_first() -> None:
    made = causes("a", "b", "c", edges="c>a", whys=(Why("Why?", "", "b"), Why("Why?", "Deep down")))
    assert tree(made) == (
        "INC-2025-001 Nobody could log in\n├─ Text b [why 1]\n│  └─ Deep down [why 2]\n└─ Text a\n   └─ Text c"
    )


def test_what_led_to_two_things_is_told_in_full_once() -> None:
    assert tree(causes("a", "b", "c", "d", edges="c>a c>b d>c")) == (
        "INC-2025-001 Nobody could log in\n├─ Text a\n│  └─ Text c\n│     └─ Text d\n└─ Text b\n   └─ Text c (as above)"
    )


def test_a_loop_ends_and_is_told() -> None:
    assert tree(causes("a", "b", edges="a>b b>a")) == (
        "INC-2025-001 Nobody could log in\n└─ Text b\n   └─ Text a\nA loop: Text a → Text b → Text a"
    )


def test_a_long_chain_stays_within_the_columns() -> None:
    names = [f"n{number}" for number in range(200)]
    edges = " ".join(f"{below}>{above}" for above, below in itertools.pairwise(names))
    said = tree(causes(*names, edges=edges)).splitlines()
    assert len(said) == 201
    assert max(map(width, said)) <= 80


def test_nothing_steers_the_terminal() -> None:
    assert "\x1b" not in tree(causes(whys=(Why("Why?", "\x1b[2J gone"),)))
