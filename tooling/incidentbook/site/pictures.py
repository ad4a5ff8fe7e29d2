"""Charts as parts of a page: the picture in the page itself, in the reader's colours, with what it rests on below it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from incidentbook import charts
from incidentbook.causes.graph import Graph
from incidentbook.charts import diagram, draw, past, scope
from incidentbook.charts.data import Data
from incidentbook.periods import Window
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import markup, parts, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place

_MOST = 120  # values of a chart in its table


def charts_of(site: Site, *names: str) -> list[Data]:
    """Return what each chart shows of the view, in the usual window; only those called ``names`` where some are."""
    shared, window = site.shared, scope.usual(site.shared.now, site.repo.zone)
    asked = scope.Scope(
        site.repo, window, shared.now, shared.measurement.commit, levels=_levels(site, window), memo=shared.memo
    )
    return [charts.gather(name, asked) for name in names] if names else list(charts.gather_all(asked))


def _levels(site: Site, window: Window) -> scope.Levels | None:
    if site.past is None:
        return None
    whole = site.audience is Disclosure.RESTRICTED
    return past.levels(site.past, window, None if whole else {item.id for _, _, item in site.repo.action_items()})


def section(site: Site, place: Place) -> str:
    """Return every chart for which there is enough, each under its heading, then what is not drawn and why."""
    found = charts_of(site)
    drawn = [piece for data in found if not data.refused for piece in chart(site, place, data)]
    left = [f"**{text.escape(data.title)}**: {text.escape(data.refused)}." for data in found if data.refused]
    return parts.join(*drawn, *(["Not drawn for want of data:", parts.bullets(left)] if left else [])).rstrip("\n")


def chart(site: Site, place: Place, data: Data) -> Iterator[str]:
    """Yield a chart's heading, what it shows in words, the picture with what it rests on, and the table behind it."""
    yield f"### {text.escape(data.title)}"
    yield text.escape(data.summary)
    yield figure(draw.to_svg(data, site.shared.memo, "page"), data.foot(pictured=True))
    yield _behind(place, data)


def _behind(place: Place, data: Data) -> str:
    """Return the values of a chart as a table that a reader opens; of very many the last."""
    shown = data.bars[-_MOST:]
    marked = any(bar.mark for bar in shown)
    rows = [
        (
            _linked(place, bar.label),
            text.escape(bar.said if bar.value is not None or not bar.mark else bar.mark, begins=False),
        )
        + ((text.escape(bar.mark if bar.value is not None else "", begins=False),) if marked else ())
        for bar in shown
    ]
    if not rows:
        return ""
    left = len(data.bars) - len(shown)
    more = (
        f"<p>{left:,} before them are left out: <code>inc metrics chart {data.name}</code> has all.</p>" if left else ""
    )
    header = ("What", "Value", *(("Remark",) if marked else ()))
    return markup.details(
        f"The {len(shown):,} values as a table", markup.table(header, rows, "values", headed=True) + more
    )


def _linked(place: Place, label: str) -> str:
    """Return the label of a value; the incident that it names becomes a link."""
    words = label.split(" ")
    target = place.pages.incidents.get(words[-1])
    said = [text.escape(word, begins=False) for word in words]
    return " ".join([*said[:-1], place.link(target, said[-1])]) if target else " ".join(said)


def bare(site: Site, data: Data) -> str:
    """Return the picture of a chart alone, for a page that says beside it what it rests on."""
    return figure(draw.to_svg(data, site.shared.memo, "page"), ())


def causes(graph: Graph) -> str:
    """Return the graph of causes, in the size of its letters; empty where a picture cannot show it."""
    if not diagram.drawable(graph):
        return ""
    loops = (f"A loop: {loop}" for loop in graph.told_loops())
    return figure(diagram.to_svg(graph, "Causes", "page"), [diagram.key(graph), *loops], "ib-figure--whole")


def figure(picture: str, said: Iterable[str], kind: str = "") -> str:
    """Return a picture with its caption as raw HTML without a blank line, which Markdown leaves as it is."""
    caption = "<br>".join(text.escape(line, begins=False) for line in said)
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    name = f"ib-figure {kind}".strip()
    return f'<figure class="{name}"><div class="ib-figure__scroll">{picture}</div>{below}</figure>'
