"""The causes as a picture: one image with a title and a description, in the reader's colours, in which texts are only texts."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree as ET

import pytest

from causes.test_graph import FACTORS, OUTAGE, causes
from incidentbook.causes.graph import Graph, graph
from incidentbook.charts import diagram, theme
from incidentbook.records.postmortem import CauseNode, Causes, Postmortem, Why

SVG = "{http://www.w3.org/2000/svg}"
ATTACK = "</text><script>alert(1)</script> {{ 7*7 }} & \x00\x1b\ufffe"


def five() -> Graph:
    nodes = (CauseNode("a", "gap", primary=True, text="No alert rang"), CauseNode("b", text="A disk filled"))
    whys = tuple(Why("Why?", f"Because of {number}", "a" if number == 3 else "") for number in range(1, 6))
    return graph(Postmortem(causes=Causes(nodes), five_whys=whys), [OUTAGE], FACTORS)


def parsed(picture: str) -> ET.Element:
    return ET.fromstring(picture)  # noqa: S314 - our own


def told(picture: str) -> list[str]:
    return [str(item.text) for item in parsed(picture).iter(f"{SVG}text")]


def test_it_says_what_it_is_and_what_it_shows() -> None:
    root = parsed(diagram.to_svg(five(), "Causes of INC-2025-001"))
    assert root.get("role") == "img"
    title, desc = (root.find(f"{SVG}{tag}") for tag in ("title", "desc"))
    assert title is not None
    assert desc is not None
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert (title.text, desc.text) == ("Causes of INC-2025-001", five().summary)


def test_the_primary_cause_factors_and_whys_are_named_in_it() -> None:
    said = told(diagram.to_svg(five(), "Causes"))
    assert {"Primary cause", "Monitoring gap", "No alert rang", "Why 3", "Why 5", "A disk filled"} <= set(said)
    assert said[0] == "Causes"
    assert "thick line" in said[1]


def test_the_path_of_the_whys_is_straight_and_thick() -> None:
    root = parsed(diagram.to_svg(five(), "Causes"))
    steps = [item.get("d", "") for item in root.iter(f"{SVG}path") if item.get("stroke-width") == "3"]
    assert len(steps) == 5
    assert all("C" not in step for step in steps)


def test_a_loop_is_dashed_and_points_back() -> None:
    made = causes("a", "b", "c", edges="a>b b>c c>a")
    root = parsed(diagram.to_svg(made, "Causes"))
    assert len([item for item in root.iter(f"{SVG}path") if item.get("stroke-dasharray")]) == 1
    assert "A dashed line closes a loop." in diagram.key(made)


@pytest.mark.parametrize("form", ["file", "page", "report", "paper"])
def test_a_text_is_only_a_text(form: diagram.svg.Form) -> None:
    node = CauseNode("a", text=ATTACK, factor=ATTACK)
    hostile = graph(Postmortem(causes=Causes((node,)), five_whys=(Why(ATTACK, ATTACK),)), [OUTAGE], FACTORS)
    picture = diagram.to_svg(hostile, ATTACK, form)
    tags = {item.tag.removeprefix(SVG) for item in parsed(picture).iter()}
    assert tags <= {"svg", "title", "desc", "style", "rect", "g", "path", "text"}
    if form == "page":
        assert "{" not in picture
        assert "\n" not in picture


def test_the_colours_are_the_reader_s() -> None:
    page = diagram.to_svg(five(), "Causes", "page")
    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', page)) <= {
        "none",
        *(f"var(--ib-chart-{role},{found.light})" for role, found in theme.PALETTE.items()),
    }
    assert "prefers-color-scheme:dark" in diagram.to_svg(five(), "Causes", "file")


def test_more_than_a_picture_can_show_is_refused() -> None:
    names = [f"n{number}" for number in range(90)]
    every = " ".join(f"{low}>{high}" for low, high in itertools.combinations(names, 2))
    for many in (causes(*(f"n{number}" for number in range(130))), causes(*names, edges=every)):
        assert not diagram.drawable(many)
        with pytest.raises(diagram.TooManyError):
            diagram.to_svg(many, "Causes")


def test_sixty_tangled_causes_are_drawn() -> None:
    names = [f"n{number}" for number in range(60)]
    edges = " ".join(f"n{low}>n{high}" for low in range(60) for high in range(low + 1, min(low + 10, 60), 3))
    assert len(told(diagram.to_svg(causes(*names, edges=f"{edges} n59>n0"), "Causes"))) >= 60


@pytest.mark.parametrize("dark", [False, True])
def test_a_png_for_what_takes_nothing_else(*, dark: bool) -> None:
    assert diagram.to_png(five(), "Causes", dark=dark).startswith(b"\x89PNG")
