"""The graph of causes as a picture: boxes in rows, what leads above what it leads to, the 5 whys as one straight thick line."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree import ElementTree as ET

from incidentbook.causes import layout
from incidentbook.causes.graph import HAPPENED, Cause, Graph, Link
from incidentbook.causes.layout import Layout, Point, Size
from incidentbook.charts import lettering, svg, theme
from incidentbook.errors import IncidentbookError
from incidentbook.terminal_text import clean

_MOST = 120  # causes: more are no picture that anybody could read
_TANGLED = 4000  # rows that links pass: a second of work
_FONT, _SMALL, _LEADING = 13.0, 11.0, 17.0  # pixels
_ROOM, _LEAST, _LINES = 196.0, 104.0, 8  # of the text of a box: pixels at most and at least, lines at most
_PAD, _BAR, _MARGIN, _HEAD = 12.0, 5.0, 10.0, 6.0
_SCALE = 2.0  # pixels of a PNG for one of the drawing


class TooManyError(IncidentbookError):
    """There are more causes, or links between them, than a picture can show."""


class _Text(NamedTuple):
    """A line of a box."""

    said: str
    size: float
    role: str
    bold: bool = False


def key(graph: Graph) -> str:
    """Say how the picture of a graph is read."""
    said = ["From top to bottom: what led to what."]
    said += ["The thick line is the path of the whys."] * any(link.spine for link in graph.links)
    return " ".join([*said, *["A dashed line closes a loop."] * any(link.returns for link in graph.links)])


def drawable(graph: Graph) -> bool:
    """Whether a picture can show a graph: one with causes, and not with too many."""
    if not graph or len(graph.causes) > _MOST:
        return False
    ways = _ways(graph)
    return layout.passes(graph.by_id, [*ways], [way for way, link in ways.items() if link.spine]) <= _TANGLED


def _ways(graph: Graph) -> dict[tuple[str, str], Link]:
    """Return each link by the boxes from which and to which it leads down: one that closes a loop the other way round."""
    return {(link.to, link.from_) if link.returns else (link.from_, link.to): link for link in graph.links}


def to_svg(graph: Graph, title: str, form: svg.Form = "file", name: str = "causes") -> str:
    """Return the picture of a graph as SVG.

    Args:
        graph: of the causes.
        title: what it is.
        form: as of charts (`draw.to_svg`).
        name: makes the ids of the picture's parts its own among those of a page.

    Raises:
        TooManyError: there are more causes or links than a picture can show.

    """
    title = clean(title)
    drawn = _drawn(graph, title if form == "file" else "")
    return svg.FORMS[form](svg.dress(drawn, f"ib-{name}", title, clean(graph.summary)))


def to_png(graph: Graph, title: str, *, dark: bool = False) -> bytes:
    """Return the picture as a PNG file, on a ground of its own. Raises TooManyError."""
    import vl_convert  # noqa: PLC0415 - 90 MB that only such a picture needs

    drawn = to_svg(graph, title, "file").replace(theme.FONTS, theme.FONT)
    return vl_convert.svg_to_png(theme.dark(drawn) if dark else drawn, scale=_SCALE)


def _drawn(graph: Graph, title: str) -> ET.Element:
    if not drawable(graph):
        raise TooManyError(
            f"{len(graph.causes) - 1} causes with {len(graph.links)} links are more than a picture can show",
            hint="As text there is no such limit: --output causes.txt",
        )
    texts = {cause.id: list(_texts(cause)) for cause in graph.causes}
    sizes = {name: _size(lines) for name, lines in texts.items()}
    ways = _ways(graph)
    both = {way for way, link in ways.items() if link.returns and any(_is(each, way) for each in graph.links)}
    made = layout.layered(sizes, list(ways), [way for way, link in ways.items() if link.spine])
    head = 34.0 if title else 0.0
    foot = _LEADING + 8 if title else 0.0
    known = [lettering.width(text, size) for text, size in ((title, 15.0), (key(graph), _SMALL)) if title]
    width = max(made.size.width + 2 * _MARGIN, theme.WHOLE if not title else max(known) + 2 * _MARGIN)
    height = made.size.height + 2 * _MARGIN + head + foot
    root = ET.Element(svg.tag("svg"), {"width": f"{width:.0f}", "height": f"{height:.0f}"})
    if title:
        _write(root, _Text(title, 15.0, "ink", bold=True), _MARGIN, _MARGIN + 12)
        _write(root, _Text(key(graph), _SMALL, "quiet"), _MARGIN, height - _MARGIN)
    across = (width - made.size.width) / 2
    body = ET.SubElement(root, svg.tag("g"), {"transform": f"translate({across:.1f},{_MARGIN + head:.1f})"})
    for spine in (False, True):  # the path of the whys lies above the other lines
        for way, link in ways.items():
            if link.spine is spine:
                _line(body, link, made.lines[way], both=way in both)
    for cause in graph.causes:
        _box(body, cause, made, sizes, texts[cause.id], spine=bool(cause.whys))
    return root


def _is(link: Link, way: tuple[str, str]) -> bool:
    return not link.returns and (link.from_, link.to) == way


def _texts(cause: Cause) -> Iterator[_Text]:
    happened = cause.id == HAPPENED
    if cause.primary:
        yield _Text("Primary cause", _SMALL, "signal", bold=True)
    if cause.factor and cause.factor != cause.text:
        for line in lettering.lines(clean(cause.factor), _SMALL, _ROOM, 2):
            yield _Text(line, _SMALL, "ground" if happened else "quiet")
    bold = happened or cause.primary
    for line in lettering.lines(clean(cause.text) or "?", _FONT, _ROOM, _LINES, bold=bold):
        yield _Text(line, _FONT, "ground" if happened else "ink", bold=bold)
    if cause.whys:
        numbers = " and ".join(", ".join(map(str, cause.whys)).rsplit(", ", 1))
        yield _Text(f"Why {numbers}", _SMALL, "mark", bold=True)


def _size(texts: list[_Text]) -> Size:
    wide = max(lettering.width(line.said, line.size, bold=line.bold) for line in texts)
    height = sum(_high(line) for line in texts) + 2 * _PAD - 4
    return Size(round(max(wide, _LEAST) + 2 * _PAD + _BAR, 1), height)


def _high(line: _Text) -> float:
    return _LEADING if line.size == _FONT else _LEADING - 2


def _box(
    body: ET.Element,
    cause: Cause,
    made: Layout,
    sizes: Mapping[str, Size],
    texts: list[_Text],
    *,
    spine: bool,
) -> None:
    at, size = made.boxes[cause.id], sizes[cause.id]
    group = ET.SubElement(body, svg.tag("g"), {"transform": f"translate({at.x},{at.y})"})
    ET.SubElement(group, svg.tag("title")).text = clean(cause.text)  # the whole of what may be cut
    happened = cause.id == HAPPENED
    role = "ink" if happened else "signal" if cause.primary else "mark" if spine else "quiet"
    wide, high, corner = size.width, size.height, "A7,7 0 0 1"
    left = f"H7{corner} 0,{high - 7:g}V7{corner} 7,0Z"
    frame = f"M7,0H{wide - 7:g}{corner} {wide:g},7V{high - 7:g}{corner} {wide - 7:g},{high:g}{left}"
    given = {"stroke": theme.colour(role), "stroke-width": "2" if cause.primary else "1"}
    ET.SubElement(group, svg.tag("path"), {"d": frame, "fill": theme.colour("ink" if happened else "ground"), **given})
    if not happened:
        ET.SubElement(group, svg.tag("path"), {"d": f"M7,0H{_BAR + 2:g}V{high:g}{left}", "fill": theme.colour(role)})
    below = _PAD - 6
    for line in texts:
        below += _high(line)
        _write(group, line, _PAD + (0 if happened else _BAR), below)


def _write(parent: ET.Element, line: _Text, x: float, y: float) -> None:
    given = {"x": f"{x:g}", "y": f"{y:g}", "font-size": f"{line.size:g}", "fill": theme.colour(line.role)}
    if line.bold:
        given["font-weight"] = "bold"
    ET.SubElement(parent, svg.tag("text"), given).text = line.said


def _line(body: ET.Element, link: Link, points: tuple[Point, ...], *, both: bool) -> None:
    """Draw a line from box to box: straight down through a row, a curve between rows; its arrow points at what it led to."""
    role, wide = ("signal", 1.6) if link.returns else ("mark", 3.0) if link.spine else ("quiet", 1.4)
    ends, down, up = [*points], both or not link.returns, link.returns
    ends[1] = Point(ends[1].x, max(ends[1].y, ends[0].y + _HEAD + 4))  # arrows stand upright
    ends[-2] = Point(ends[-2].x, min(ends[-2].y, ends[-1].y - _HEAD - 4))
    if down:
        ends[-1] = Point(points[-1].x, points[-1].y - _HEAD)
    if up:
        ends[0] = Point(points[0].x, points[0].y + _HEAD)
    path = f"M{ends[0].x:g},{ends[0].y:g}"
    for index, (before, after) in enumerate(itertools.pairwise(ends)):
        middle = (before.y + after.y) / 2
        straight = index % 2 == 0 or before.x == after.x
        path += (
            f"V{after.y:g}" if straight else f"C{before.x:g},{middle:g} {after.x:g},{middle:g} {after.x:g},{after.y:g}"
        )
    given = {"d": path, "fill": "none", "stroke": theme.colour(role), "stroke-width": f"{wide:g}"}
    ET.SubElement(body, svg.tag("path"), given | ({"stroke-dasharray": "5 4"} if link.returns else {}))
    half = 5.5 if link.spine else 4.5
    heads = [(points[-1], -1)] * down + [(points[0], 1)] * up
    for tip, side in heads:
        head = f"M{tip.x:g},{tip.y:g}l{-half:g},{side * (_HEAD + 2):g}h{2 * half:g}Z"
        ET.SubElement(body, svg.tag("path"), {"d": head, "fill": theme.colour(role)})
