"""The graph of causes: what of nodes, links and the 5 whys becomes of it, and what loops do."""

from __future__ import annotations

import itertools

import pytest

from incidentbook.causes.graph import HAPPENED, Graph, Link, graph
from incidentbook.records.incident import Incident
from incidentbook.records.policy.factors import Factor, Factors
from incidentbook.records.postmortem import CauseEdge, CauseNode, Causes, Postmortem, Why

FACTORS = Factors(factors={"gap": Factor("Monitoring gap")})
OUTAGE = Incident(id="INC-2025-001", title="Nobody could log in")
Pairs = dict[tuple[str, str], Link]


def causes(*nodes: str, edges: str = "", whys: tuple[Why, ...] = ()) -> Graph:
    """A graph of nodes that are called like their texts, and edges such as ``a>b``."""
    pairs = tuple(CauseEdge(*pair.split(">")) for pair in edges.split())
    made = Causes(tuple(CauseNode(name, text=f"Text {name}") for name in nodes), pairs)
    return graph(Postmortem(causes=made, five_whys=whys), [OUTAGE], FACTORS)


def links(made: Graph) -> Pairs:
    return {(link.from_, link.to): link for link in made.links}


def test_what_leads_to_nothing_else_led_to_the_incident() -> None:
    made = causes("a", "b", "c", edges="a>b")
    assert set(links(made)) == {("a", "b"), ("b", HAPPENED), ("c", HAPPENED)}
    assert made.by_id[HAPPENED].text == "Nobody could log in"


def test_a_cause_without_a_text_is_called_after_its_factor() -> None:
    node = CauseNode("a", factor="gap", primary=True)
    made = graph(Postmortem(causes=Causes((node,))), [OUTAGE], FACTORS)
    assert (made.causes[0].text, made.causes[0].factor, made.causes[0].primary) == (
        "Monitoring gap",
        "Monitoring gap",
        True,
    )


def test_the_whys_alone_are_a_path() -> None:
    made = causes(whys=(Why("Why?", "First"), Why("Why?", "Second"), Why("Why?", "Third")))
    assert [cause.text for cause in made.causes] == ["First", "Second", "Third", "Nobody could log in"]
    assert list(links(made)) == [("why-2", "why-1"), ("why-3", "why-2"), ("why-1", HAPPENED)]
    assert all(link.spine for link in made.links)


def test_a_why_that_names_a_cause_or_says_its_words_is_that_cause() -> None:
    whys = (Why("Why?", "It was full", "a"), Why("Why?", "Still", "a"), Why("Why?", "TEXT B"))
    made = causes("a", "b", edges="b>a", whys=whys)
    assert {cause.id: cause.whys for cause in made.causes} == {"a": (1, 2), "b": (3,), HAPPENED: ()}
    assert [link.spine for link in made.links] == [True, True]


def test_a_step_that_the_written_links_contradict_is_no_link() -> None:
    made = causes("a", "b", "c", edges="a>b b>c", whys=(Why("Why?", "", "a"), Why("Why?", "", "c")))
    assert set(links(made)) == {("a", "b"), ("b", "c"), ("c", HAPPENED), ("a", HAPPENED)}
    assert made.loops == ()


def test_what_is_not_there_is_left_out() -> None:
    made = causes("a", "a", edges="a>gone gone>a a>a", whys=(Why("Why?", "Else", "gone"),))
    assert [cause.id for cause in made.causes] == ["a", "why-1", HAPPENED]
    assert ("a", "gone") not in links(made)
    assert made.loops == (("a",),)


@pytest.mark.parametrize(
    ("edges", "loops", "closing"),
    [
        ("a>b b>a", (("a", "b"),), {("b", "a")}),
        ("a>b b>c c>a", (("a", "b", "c"),), {("c", "a")}),
        ("c>a a>b b>a", (("a", "b"),), {("b", "a")}),
        ("a>b b>c c>b c>a", (("b", "c"), ("a", "b", "c")), {("c", "b"), ("c", "a")}),
    ],
)
def test_a_loop_is_told_and_the_rest_has_none(
    edges: str, loops: tuple[tuple[str, ...], ...], closing: set[tuple[str, str]]
) -> None:
    made = causes("a", "b", "c", edges=edges)
    assert made.loops == loops
    assert {pair for pair, link in links(made).items() if link.returns} == closing
    assert any(link.to == HAPPENED for link in made.links), "something led to the incident"


def test_long_chains_and_thick_tangles_take_no_time() -> None:
    names = [f"n{number}" for number in range(3000)]
    chain = " ".join(f"{a}>{b}" for a, b in itertools.pairwise(names))
    assert len(causes(*names, edges=f"{chain} {names[-1]}>n0").loops[0]) == 3000
    assert len(causes(whys=tuple(Why("Why?", name) for name in names)).links) == 3000
    few = names[:60]
    every = " ".join(f"{a}>{b}" for a in few for b in few if a != b)
    assert causes(*few, edges=every).loops


def test_the_summary_says_what_a_picture_shows() -> None:
    node = CauseNode("a", primary=True, text="The disk was full")
    made = graph(
        Postmortem(
            causes=Causes((node, CauseNode("b", text="Nobody looked")), (CauseEdge("a", "b"), CauseEdge("b", "a"))),
            five_whys=(Why("Why?", "", "b"), Why("Why?", "", "a")),
        ),
        [OUTAGE],
        FACTORS,
    )
    assert made.summary == (
        "2 causes that led to: Nobody could log in. Primary cause: The disk was full. "
        "The whys, from what happened down: Nobody looked; because The disk was full. "
        "A loop: The disk was full → Nobody looked → The disk was full."
    )


def test_nothing_written_is_no_graph() -> None:
    assert not causes()
    assert causes("a")


def test_a_loop_is_not_cut_on_the_path_of_the_whys() -> None:
    whys = (Why("Why?", "a", node="a"), Why("Why?", "b", node="b"))
    for edges in ("b>a a>b", "a>b b>a", "c>a a>b b>a"):
        made = causes("a", "b", "c", edges=edges, whys=whys)
        assert {pair for pair, link in links(made).items() if link.returns} == {("a", "b")}
        assert links(made)["b", "a"].spine
