"""Why it happened: the primary cause, factors, what was thought and what became of it, and changes near the start."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook import reports
from incidentbook.records.entries import Change, Evidence, Hypothesis
from incidentbook.records.vocabulary import Disclosure
from incidentbook.site import markup, parts, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place

_KINDS = {"confirmed": "over", "rejected": "void"}


def part(site: Site, made: reports.ReportContext, place: Place) -> str:
    """Return the investigation; the chain of whys and the drawn causes are the post-mortem's, to which this leads."""
    found, postmortem = made.incident.investigation, made.postmortem
    nodes = postmortem.causes.nodes if postmortem else ()
    primary = found.primary_cause or next((node.text for node in nodes if node.primary), "")
    factors = [place.inline(node.text or made.factors.name(node.factor)) for node in nodes if not node.primary]
    hypotheses = [_hypothesis(site, item, found.evidence, place) for item in found.hypotheses]
    changes = [_change(site, item, place) for item in made.incident.changes]
    more = (
        place.postmortem(made.incident.id, "How they led to each other is drawn in the post-mortem") if factors else ""
    )
    return "".join(
        (
            markup.paragraph(f"<b>Primary cause:</b> {place.inline(primary)}") if primary else "",
            *_titled("Contributing factors", factors),
            markup.paragraph(f"{more}.") if "<a" in more else "",
            *_titled("Hypotheses", hypotheses),
            *_titled("Changes near the start", changes),
        )
    )


def _titled(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield markup.heading(title) + markup.bullets(items)


def _hypothesis(site: Site, item: Hypothesis, evidence: tuple[Evidence, ...], place: Place) -> str:
    known = {piece.id: piece for piece in evidence}
    shown = "".join(
        f"<br><small>{_evidence(site, known[name], place)}</small>" for name in item.evidence if name in known
    )
    return f"{parts.chip(item.status.capitalize(), _KINDS.get(item.status, 'open'))} {place.inline(item.text)}{shown}"


def _evidence(site: Site, item: Evidence, place: Place) -> str:
    kind = _link(site, item.ref, markup.said(item.kind))
    return f"{place.inline(item.text)} {kind}"


def _link(site: Site, ref: str, label: str) -> str:
    """Return a link to a log, a graph or a commit; the public is not told where these are."""
    return label if site.audience is Disclosure.PUBLIC else text.link_out(ref, label)


def _change(site: Site, item: Change, place: Place) -> str:
    judged = (
        ("Caused it", "late") if item.caused else ("Cleared", "void") if item.suspected and item.caused is False
        else ("Suspected", "open") if item.suspected else ("Near in time", "")
    )  # fmt: skip
    when = f"<time>{markup.said(site.when(item.at.at))}</time> " if item.at else ""
    kind = _link(site, item.ref, markup.said(item.kind))
    return f"{when}{kind}: {place.inline(item.text)} {parts.chip(*judged)}"
