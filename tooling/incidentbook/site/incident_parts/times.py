"""What happened when: the picture, the log behind it, who was told what, and who held which role."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from incidentbook import timeline, told
from incidentbook.records.entries import RoleInterval
from incidentbook.records.incident import Incident
from incidentbook.records.time import Moment
from incidentbook.site import markup, wording
from incidentbook.site.context import Site
from incidentbook.site.drawing import picture
from incidentbook.site.links import Place

COMMANDER = "incident-commander"
Clock = Callable[[Moment], str]
# How a row looks: what went wrong, what was found, what was done, what got better; a letter each, for there are many rows.
_KINDS = {
    "alert": "a", "declaration": "a", "investigation": "f", "finding": "f", "decision": "d", "action": "d", "change": "d",
    "recovery": "r",
}  # fmt: skip


def drawn(site: Site, incident: Incident) -> str:
    """Return the picture in a box of its own that scrolls where it is too narrow, by keyboard too."""
    made = picture.timeline(incident, site.knowledge_base, site.now)
    return f'<figure class="ib-drawn" tabindex="0">{made}</figure>' if made else ""


def log(site: Site, place: Place, incident: Incident) -> str:
    """Return the timeline in words: written entries with what kind of event each is, and changes that no entry tells of."""
    clock = _clock(site, incident)
    kinds = {(entry.at, entry.text): _KINDS.get(entry.kind, "") for entry in incident.timeline}
    rows = ((clock(at), place.inline(said), kinds.get((at, said), "")) for at, said in timeline.rows(incident))
    return markup.log(rows)


def communications(site: Site, place: Place, incident: Incident) -> str:
    """Return who was told what, and over which channel; where all went the same way, that is said once."""
    clock = _clock(site, incident)
    told = [(item.at, _via(item.audience, item.channel), item.text) for item in incident.communications if item.at]
    told.sort(key=lambda row: row[0].at)
    ways = {via for _, via, _ in told}
    alike = len(ways) == 1 and len(told) > 1
    lead = markup.paragraph(f"All of them: {ways.pop()}.") if alike else ""
    rows = ((clock(at), f"{'' if alike else f'<b>{via}</b> '}{place.inline(said)}", "") for at, via, said in told)
    return lead + markup.log(rows)


def _via(audience: str, channel: str) -> str:
    said = ", ".join(word.replace("-", " ") for word in (audience, channel) if word)
    return markup.said(said[:1].upper() + said[1:])


def roles(site: Site, incident: Incident) -> str:
    """Return who held which role, and from when to when; nothing where the card and the picture say it all."""
    if len(incident.roles) == 1 and incident.roles[0].role == COMMANDER:
        return ""
    clock = _clock(site, incident)
    end = "now" if incident.is_open else "the end"

    def said(item: RoleInterval) -> str:
        start, last = (clock(at) if at else other for at, other in ((item.from_, "the start"), (item.to, end)))
        return f"{markup.said(site.team(item.holder))}<br><small>{start} to {last}</small>"

    return markup.facts((wording.label(item.role), said(item)) for item in incident.roles)


def _clock(site: Site, incident: Incident) -> Clock:
    """Return the way to write times: without seconds where the record has none, and with the day where it is not the start's."""
    zone = site.repo.zone
    whole = all(moment.at.second == 0 for moment in _moments(incident))

    def say(moment: Moment) -> str:
        written = told.moment(incident, moment, zone)
        return written.removesuffix(":00") if whole else written

    return say


def _moments(incident: Incident) -> Iterable[Moment]:
    yield from (entry.at for entry in incident.timeline if entry.at)
    yield from (message.at for message in incident.communications if message.at)
    yield from (change.at for change in incident.transitions if change.at)
    yield from (change.at for change in incident.severity_history if change.at)
    yield from (item.from_ for item in incident.roles if item.from_)
