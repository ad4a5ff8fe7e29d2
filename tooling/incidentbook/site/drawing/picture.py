"""The SVG of an incident's timeline: a layout put into one small template that is compiled once."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from incidentbook.records.incident import Incident
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.records.time import short
from incidentbook.site import text, wording
from incidentbook.site.drawing import scene
from incidentbook.site.drawing.layout import WIDTH, Layout, Row, Shape, arranged
from incidentbook.site.drawing.names import Word
from incidentbook.site.drawing.scene import Scene

if TYPE_CHECKING:
    from jinja2 import Template

_TEMPLATE = Path(__file__).parents[1] / "templates" / "timeline.svg.jinja"
_ORDER = "rsdpo"  # what is worse lies above what is not


def timeline(incident: Incident, knows: KnowledgeBase, now: dt.datetime) -> str:
    """Return the picture on one line, with a title and a description for whoever does not see it; empty without any time."""
    found = scene.of(incident, now)
    if found is None:
        return ""
    made = arranged(found, knows)
    return _template().render(
        width=WIDTH, height=round(made.height), title=f"Timeline of {text.plain(incident.id)}", said=described(found, knows),
        axis=_axis(made), guides=_lines((x, y, x, base) for x, y, base in made.guides),
        shapes=list(_shapes(made.shapes)), marks=[one for row in made.rows for one in _marks(row)],
        ranges="".join(f"M{a:.0f},{y - 3:.0f}v6m0-3H{b:.0f}m0-3v6" for a, b, y in made.ranges),
        until=f"M{made.until:.0f},0V{made.base:.0f}" if made.until is not None else "",
        words=list(_words(made.words)),
    )  # fmt: skip


def described(found: Scene, knows: KnowledgeBase) -> str:
    """Say in a few sentences what the picture shows."""
    day = found.start.astimezone(knows.zone)
    last = found.end.astimezone(knows.zone)
    same = day.date() == last.date()

    def clock(moment: dt.datetime) -> str:
        local = moment.astimezone(knows.zone)
        return f"{local:%H:%M}" if same else f"{local:%Y-%m-%d %H:%M}"

    parts = [f"{day:%Y-%m-%d %H:%M} to {clock(found.end)} {day:%Z}."]
    phases = [f"{bar.name} from {clock(bar.start)} for {short(bar.seconds)}" for bar in found.impact if bar.name][:6]
    steps = [f"{name} {clock(moment.at)}" for moment, name in found.milestones]
    counts = [
        (len(found.entries), "timeline entry", "timeline entries"), (len(found.outside), "public update", ""),
        (len(found.inside), "internal update", ""), (len(found.roles), "role", ""),
    ]  # fmt: skip
    parts += [f"{', '.join(said).capitalize()}." for said in (phases, steps) if said]
    said = [wording.count(number, one, many) for number, one, many in counts if number]
    return " ".join([*parts, *([f"{', '.join(said)}."] if said else [])])


def _axis(made: Layout) -> str:
    return f"M{made.left:.0f},{made.base:.0f}H{made.right:.0f}" + "".join(
        f"M{x:.0f},{made.base:.0f}v4" for x in made.ticks
    )


def _lines(found: Iterable[tuple[float, float, float, float]]) -> str:
    return "".join(f"M{x:.0f},{y:.0f}V{below:.0f}" for x, y, _, below in found)


def _shapes(found: Iterable[Shape]) -> Iterator[tuple[str, str]]:
    """Yield one path for each kind: fewer elements, and the worst drawn last."""
    paths: dict[str, list[str]] = {}
    for shape in found:
        right = shape.x + shape.width
        d = f"M{shape.x:.0f},{shape.y:.0f}H{max(round(right), round(shape.x) + 1)}v{shape.height:.0f}H{shape.x:.0f}z"
        paths.setdefault(shape.kind, []).append(d)
    for kind in sorted(paths, key=_ORDER.find):
        yield kind, "".join(paths[kind])


def _marks(row: Row) -> Iterator[tuple[str, str]]:
    """Yield single marks and those with a number: lines of no length or nearly none, whose round or square ends are the mark."""
    single = "".join(f"M{x:.0f},{row.y:.0f}h0" for x in row.marks.single)
    if single:
        yield row.kind, single
    pills = "".join(f"M{x + 7:.0f},{row.y:.0f}h{wide - 14:.0f}" for x, wide in row.marks.pills)
    if pills:
        yield "k", pills


def _words(found: Iterable[Word]) -> Iterator[tuple[str, str, int, str]]:
    """Yield (kind, places, baseline, text); the single digits of a row are one text, each letter of which has its own place."""
    digits: dict[int, list[tuple[str, str]]] = {}
    for word in found:
        said, y = text.plain(word.text), round(word.y)
        if word.kind == "n" and len(said) == 1:
            digits.setdefault(y, []).append((f"{word.x:.0f}", said))
        else:
            yield word.kind, f"{word.x:.0f}" if word.x else "", y, said
    for y, row in digits.items():
        yield "n", " ".join(x for x, _ in row), y, "".join(said for _, said in row)


@functools.cache
def _template() -> Template:
    from jinja2 import Environment  # noqa: PLC0415 - only the site needs it

    source = _TEMPLATE.read_text(encoding="utf-8")
    joined = "".join(source.splitlines())  # Markdown takes a figure on one line as it is
    return Environment(autoescape=True).from_string(joined)
