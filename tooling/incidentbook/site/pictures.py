"""Charts as parts of a page: the picture in the page itself, in the reader's colours, with what it rests on below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from incidentbook import charts
from incidentbook.causes.graph import Graph
from incidentbook.charts import diagram, draw, past, scope
from incidentbook.charts.data import Data
from incidentbook.periods import Window
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import parts, text
from incidentbook.site.context import Site


def charts_of(site: Site) -> list[Data]:
    """Return what each chart shows of the view, in the usual window."""
    shared, window = site.shared, scope.usual(site.shared.now, site.repo.zone)
    asked = scope.Scope(
        site.repo, window, shared.now, shared.measurement.commit, levels=_levels(site, window), memo=shared.memo
    )
    return list(charts.gather_all(asked))


def _levels(site: Site, window: Window) -> scope.Levels | None:
    if site.past is None:
        return None
    whole = site.audience is Disclosure.RESTRICTED
    return past.levels(site.past, window, None if whole else {item.id for _, _, item in site.repo.action_items()})


def section(site: Site) -> str:
    """Return every chart for which there is enough, each under its heading, then what is not drawn and why."""
    found = charts_of(site)
    drawn = [piece for data in found if not data.refused for piece in _chart(site, data)]
    left = [f"**{text.escape(data.title)}**: {text.escape(data.refused)}." for data in found if data.refused]
    return parts.join(*drawn, *(["Not drawn for want of data:", parts.bullets(left)] if left else [])).rstrip("\n")


def _chart(site: Site, data: Data) -> Iterator[str]:
    yield f"### {text.escape(data.title)}"
    yield text.escape(data.summary)
    yield figure(draw.to_svg(data, site.shared.memo, "page"), data.foot(pictured=True))


def causes(graph: Graph) -> str:
    """Return the graph of causes, in the size of its letters; empty where a picture cannot show it."""
    if not diagram.drawable(graph):
        return ""
    loops = (f"A loop: {loop}" for loop in graph.told_loops())
    return figure(diagram.to_svg(graph, "Causes", "page"), [diagram.key(graph), *loops], "ib-figure--whole")


def figure(picture: str, said: Iterable[str], kind: str = "") -> str:
    """Return a picture with its caption as raw HTML without a blank line, which Markdown leaves as it is."""
    caption = "<br>".join(text.escape(line, begins=False) for line in said)
    name = f"ib-figure {kind}".strip()
    return f'<figure class="{name}"><div class="ib-figure__scroll">{picture}</div><figcaption>{caption}</figcaption></figure>'
