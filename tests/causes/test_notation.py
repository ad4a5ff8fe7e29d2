"""The graph of causes for Graphviz and Mermaid: every text is only a label, whatever stands in it."""

from __future__ import annotations

from causes.test_graph import causes
from incidentbook.causes import notation
from incidentbook.causes.graph import Graph
from incidentbook.records.postmortem import Why


def hostile() -> Graph:
    return causes("a", "b", edges="a>b b>a", whys=(Why("Why?", '"]; click n0 "javascript:alert(1)" \\" <b>`#'),))


def test_dot() -> None:
    assert notation.dot(hostile()) == (
        "digraph causes {\n"
        '  node [shape=box, style=rounded, fontname="sans-serif"];\n'
        '  n0 [label="Text a"];\n'
        '  n1 [label="Text b"];\n'
        '  n2 [label="Why 1\\n\\"]; click n0\\n\\"javascript:alert(1)\\" \\\\\\" <b>`#"];\n'
        '  n3 [label="INC-2025-001\\nNobody could log in", style="rounded,bold"];\n'
        "  n0 -> n1;\n"
        "  n1 -> n0 [style=dashed, constraint=false];\n"
        "  n1 -> n3;\n"
        "  n2 -> n3 [penwidth=3];\n"
        "}\n"
    )


def test_mermaid() -> None:
    assert notation.mermaid(hostile()) == (
        "flowchart TD\n"
        '  n0["Text a"]\n'
        '  n1["Text b"]\n'
        '  n2["Why 1<br>#34;#93;#59; click n0<br>#34;javascript:alert(1)#34; #92;#34; #60;b#62;#96;#35;"]\n'
        '  n3(["INC-2025-001<br>Nobody could log in"])\n'
        "  n0 --> n1\n"
        "  n1 -.-> n0\n"
        "  n1 --> n3\n"
        "  n2 ==> n3\n"
    )
