"""One page for each incident: header card, times, then the sections of the report that ``inc show`` prints."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook import reports
from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.records.policy.metrics import MetricsPolicy
from incidentbook.records.time import short
from incidentbook.report_model import Fields, Section
from incidentbook.site import blocks, parts, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page

ORDER = 11
PARENT = "incidents/index.md"
# Shown in another form, or on a page of their own.
_ELSEWHERE = {"header", "incident_metrics", "postmortem", "improvements", "recommendations", "maturity_assessment"}
_LONGEST_DESCRIPTION = 160
_MOST_SERVICES = 8


def render(site: Site) -> Iterator[Page]:
    """Yield the page of every incident that has a record."""
    for entry, incident in site.incidents():
        yield _page(site, entry, incident)


def _page(site: Site, entry: Entry[Incident], incident: Incident) -> Page:
    path = site.pages.sources[entry.path]
    place = site.at(path)
    made = reports.context(site.shared, incident)
    own = [
        _without_title(section)
        for module in reports.registry()
        if module.__name__.rpartition(".")[2] not in _ELSEWHERE and (section := module.build(made))
    ]
    content = parts.join(
        parts.title(incident.id, incident.title or "Untitled incident"),
        _card(site, place, incident),
        _times(site, incident),
        _postmortem(site, place, incident),
        *(_section(made, section, place) for section in own),
        _links(place, incident),
    )
    title = text.plain(f"{incident.id} {incident.title}")
    return Page(path, title, content, _description(site, incident), entry.path, PARENT, ("navigation",))


def _card(site: Site, place: Place, incident: Incident) -> str:
    chips = [parts.severity(incident.severity), parts.status(incident)]
    if incident.type:
        chips.append(parts.chip(incident.type.label))
    marks = parts.marks(incident)
    titles = {item.record.id: item.record.title for item in site.repo.playbooks if item.record and item.record.title}
    lead = next((role for role in incident.roles if role.role == "incident-commander"), None)
    facts = parts.facts(
        (
            ("Started", text.escape(site.exactly(incident.milestone("started")))),
            ("Resolved", text.escape(site.exactly(incident.milestone("resolved")))),
            ("Duration", text.escape(site.duration(incident))),
            ("Services", text.escape(site.services(incident, _MOST_SERVICES))),
            (
                "Detected by",
                text.escape(incident.detection.by.replace("-", " ")) if incident.detection.by != "unknown" else "",
            ),
            ("Incident commander", text.escape(site.team(lead.holder)) if lead else ""),
            ("Duplicate of", place.incident(incident.links.duplicate_of) if incident.links.duplicate_of else ""),
            ("Merged into", place.incident(incident.links.merged_into) if incident.links.merged_into else ""),
            (
                "Playbook",
                ", ".join(place.playbook(name, text.escape(titles.get(name, name))) for name in incident.playbooks),
            ),
        )
    )
    line = f'<p class="ib-chips">{" ".join([*chips, *([marks] if marks else [])])}</p>'
    return parts.block("div", "ib-card", f"{line}\n\n{facts}")


def _times(site: Site, incident: Incident) -> str:
    """Return a tile for every TTx that the record gives; policy says which there are."""
    found = []
    for key, definition in site.repo.policy(MetricsPolicy).shown_durations.items():
        seconds = incident.seconds_between(definition.from_, definition.to)
        if seconds is None or seconds < 0 or (seconds == 0 and definition.zero == "unmeasured"):
            continue
        label = text.escape(definition.name or key)
        found.append(parts.tile(text.escape(short(seconds)), label, f"{definition.from_} to {definition.to}"))
    return parts.tiles(found, "strip") if found else ""


def _postmortem(site: Site, place: Place, incident: Incident) -> str:
    postmortem = site.repo.postmortem_of(incident.id)
    if postmortem is None:
        return ""
    if postmortem.status == "skipped":
        return parts.note(f"No post-mortem was held: {place.inline(postmortem.skip_reason) or 'no reason given'}")
    label = text.escape(postmortem.title or "Post-mortem")
    said = f"<br>{place.inline(postmortem.summary)}" if postmortem.summary else ""
    state = text.escape(postmortem.status.replace("-", " "))
    return parts.note(f"Post-mortem, {state}: **{place.postmortem(incident.id, label)}**{said}", "postmortem")


def _section(made: reports.ReportContext, section: Section, place: Place) -> str:
    """Lay a section out; the timeline also shows what kind of event each row is."""
    entries = [item for item in made.incident.timeline if item.at]
    if section.title != "Timeline Reconstruction" or not entries:
        return blocks.sections([section], place.inline)
    entries.sort(key=lambda item: item.at.at if item.at else made.now)
    rows = ((made.moment(item.at), place.inline(item.text), item.kind) for item in entries if item.at)
    return f"## {text.escape(section.title)}\n\n{blocks.log(rows)}"


def _without_title(section: Section) -> Section:
    """Take the title out of the summary: the page's heading says it."""
    kept = tuple(
        Fields(tuple(pair for pair in part.pairs if pair[0] != "Title")) if isinstance(part, Fields) else part
        for part in section.parts
    )
    return Section(section.title, kept)


def _links(place: Place, incident: Incident) -> str:
    related = [place.incident(name) for name in incident.links.related]
    outside = [text.link_out(item.url, text.escape(item.title or item.url)) for item in incident.links.external]
    if not related and not outside:
        return ""
    return f"## Related\n\n{parts.bullets([*related, *outside])}"


def _description(site: Site, incident: Incident) -> str:
    said = text.plain(incident.summary) or text.plain(incident.title)
    kind = f"{incident.severity.label} incident" if incident.severity else "Incident"
    whole = f"{kind} of {site.day(incident.started)}: {said}"
    return whole if len(whole) <= _LONGEST_DESCRIPTION else whole[: _LONGEST_DESCRIPTION - 1].rsplit(" ", 1)[0] + "…"
