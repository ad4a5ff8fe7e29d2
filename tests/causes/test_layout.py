"""The layout of a graph: boxes in rows that do not touch, links downwards, few crossings, straight lines where it can be."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from incidentbook.causes.layout import Gaps, Layout, Size, layered

BOX = Size(100.0, 40.0)
Links = list[tuple[str, str]]


@st.composite
def graphs(draw: st.DrawFn) -> tuple[dict[str, Size], Links]:
    """A graph without loops: links lead from a higher number to a lower one."""
    count = draw(st.integers(1, 24))
    sizes = {f"n{number}": Size(draw(st.sampled_from([60.0, 100.0, 200.0])), 40.0) for number in range(count)}
    pairs = draw(st.lists(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=50))
    return sizes, sorted({(f"n{max(pair)}", f"n{min(pair)}") for pair in pairs if len(set(pair)) == 2})


def rows(made: Layout, sizes: dict[str, Size]) -> list[list[str]]:
    """The names in each row, from left to right."""
    middle = {name: at.y + sizes[name].height / 2 for name, at in made.boxes.items()}
    ordered = sorted(sizes, key=lambda name: (middle[name], made.boxes[name].x))
    return [list(names) for _, names in itertools.groupby(ordered, middle.__getitem__)]


@given(graphs(), st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_boxes_never_touch_and_every_link_leads_down(graph: tuple[dict[str, Size], Links], most: int) -> None:
    sizes, links = graph
    made = layered(sizes, links, most=most)
    assert made.boxes.keys() == sizes.keys()
    for row in rows(made, sizes):
        assert len(row) <= most
        for left, right in itertools.pairwise(row):
            assert made.boxes[right].x - made.boxes[left].x - sizes[left].width >= Gaps().across - 0.11
    for link in links:
        heights = [point.y for point in made.lines[link]]
        assert heights == sorted(heights)
        assert heights[0] < heights[-1]
    for name, at in made.boxes.items():
        assert at.x >= 0
        assert at.x + sizes[name].width <= made.size.width + 0.11
        assert 0 <= at.y <= made.size.height - sizes[name].height + 0.11


@given(graphs())
@settings(max_examples=20, deadline=None)
def test_the_same_graph_is_always_laid_out_alike(graph: tuple[dict[str, Size], Links]) -> None:
    assert layered(*graph) == layered(*graph)


@given(graphs())
@settings(max_examples=60, deadline=None)
def test_no_line_passes_through_a_box(graph: tuple[dict[str, Size], Links]) -> None:
    sizes, links = graph
    made = layered(sizes, links)
    for link in links:
        for above, below in itertools.islice(itertools.pairwise(made.lines[link]), 0, None, 2):
            for name in set(sizes) - set(link):
                at, size = made.boxes[name], sizes[name]
                beside = not at.x < above.x < at.x + size.width
                assert beside or below.y <= at.y or above.y >= at.y + size.height


def test_a_path_is_one_straight_line() -> None:
    path = [("c", "b"), ("b", "a"), ("a", "end")]
    sizes = dict.fromkeys(("a", "b", "c", "other", "more", "end"), BOX)
    made = layered(sizes, [*path, ("other", "end"), ("more", "a")], path)
    assert len({point.x for link in path for point in made.lines[link]}) == 1


def test_two_sides_are_not_crossed() -> None:
    sizes = dict.fromkeys("abxy", BOX)
    made = layered(sizes, [("a", "y"), ("b", "x")])
    left, right = made.lines["a", "y"], made.lines["b", "x"]
    assert (left[0].x < right[0].x) is (left[-1].x < right[-1].x)


def test_a_long_link_passes_its_rows_without_a_bend() -> None:
    sizes = dict.fromkeys(("far", "a", "b", "c", "end"), BOX)
    made = layered(sizes, [("far", "end"), ("far", "c"), ("c", "b"), ("b", "a"), ("a", "end")])
    passing = {point.x for point in made.lines["far", "end"][2:-2]}
    assert len(passing) == 1


def test_an_empty_graph_takes_no_room() -> None:
    assert layered({}, []).size == Size(0.0, 0.0)
