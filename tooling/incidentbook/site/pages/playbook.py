"""One page for each playbook: what triggers it, who does what, and its steps as a checklist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from incidentbook.entry import Entry
from incidentbook.records.incident import Incident
from incidentbook.records.playbook import Playbook, Step
from incidentbook.records.policy.services import Services
from incidentbook.site import body, markup, parts, playbook_flow, reviews, text, wording
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page

ORDER = 31
PARENT = "playbooks/index.md"
_BOOST = 3.0  # somebody who searches during an outage wants the runbook before the history


def render(site: Site) -> Iterator[Page]:
    """Yield the page of every playbook."""
    used: dict[str, list[Incident]] = defaultdict(list)
    for _, incident in site.incidents():
        for name in dict.fromkeys(incident.playbooks):
            used[name].append(incident)
    for entry in site.repo.playbooks:
        if entry.record:
            yield _page(site, entry, entry.record, used[entry.record.id] if entry.record.id else [])


def _page(site: Site, entry: Entry[Playbook], item: Playbook, used: list[Incident]) -> Page:
    path = site.pages.sources[entry.path]
    place = site.at(path).finished
    triggers = markup.bullets(place.inline(trigger) for trigger in item.triggers)
    roles = markup.facts((wording.label(role.role), place.inline(role.does)) for role in item.roles)
    title = item.title or item.id
    content = parts.join(
        parts.record_title(f"{item.type.label} playbook" if item.type else "Playbook", title),
        markup.wrapped(_warning(item) + _card(site, item)),
        markup.part("When to use it", triggers),
        markup.part("Who does what", roles),
        markup.part("Steps", _steps(place, item), _escalation(site, item)),
        markup.part("Decisions", playbook_flow.drawn(item, place)),
        body.rewrite(item.body, site.at(path), entry.path).strip(),
        markup.part("Used in", _used(site, place, used)),
    )
    said = text.plain("; ".join(item.triggers[:2]) or title)
    return Page(path, text.plain(title), content, said, entry.path, PARENT, ("navigation",), boost=_BOOST)


def _warning(item: Playbook) -> str:
    warnings = {
        "draft": "This playbook is a draft: nobody has followed it through yet.",
        "retired": "This playbook is retired: do not follow it.",
    }
    return markup.paragraph(warnings.get(item.status, ""), "ib-note ib-note--escalate")


def _card(site: Site, item: Playbook) -> str:
    services = site.repo.policy(Services)
    chips = markup.paragraph(" ".join(parts.severity(value) for value in item.severities), "ib-chips")
    facts = markup.facts(
        (
            ("Services", markup.said(", ".join(services.name(slug) for slug in item.services))),
            ("Owner", markup.said(site.team(item.owner))),
            ("Last reviewed", reviews.said(site, item)),
            ("Steps", str(len(item.steps)) if item.steps else ""),
        )
    )
    return markup.block(chips + facts, "ib-card")


def _steps(place: Place, item: Playbook) -> str:
    """Return the steps; the script remembers by the playbook's id which of them are done, and adds a count and a reset."""
    ways = {branch.step: playbook_flow.way(branch, item) for branch in playbook_flow.branches(item)}
    steps = "".join(_step(place, number, step, ways.get(number, "")) for number, step in enumerate(item.steps, 1))
    return f'<ol class="ib-steps" data-ib-playbook="{text.attribute(item.id)}">{steps}</ol>' if steps else ""


def _step(place: Place, number: int, step: Step, way: str) -> str:
    """Return one step: a box to tick, who acts, what to type, what to see, what to do when that is not seen, and the way on."""
    actor = f'<span class="ib-step__actor">{markup.said(wording.label(step.actor))}</span>' if step.actor else ""
    name = f'<span class="ib-step__id">{markup.said(step.id)}</span>' if step.id else ""
    command = text.code(step.command).replace("\n", "&#10;")
    tick = f'<label class="ib-step__tick"><input type="checkbox"> <span>Step {number}</span></label>'
    pieces = (
        f'<p class="ib-step__head">{tick}{actor}{name}</p>',
        markup.paragraph(place.inline(step.action), "ib-step__action"),
        f'<pre class="copy"><code>{command}</code></pre>' if step.command else "",
        _outcome("expect", "You should see", place.inline(step.expect)),
        _outcome("failure", "If not", f"{place.inline(step.on_failure)} {way}".strip()),
    )
    return f'<li class="ib-step" id="{playbook_flow.anchor(step, number)}">{"".join(pieces)}</li>'


def _outcome(kind: str, label: str, said: str) -> str:
    return f'<p class="ib-step__{kind}"><strong class="ib-step__label">{label}</strong> {said}</p>' if said else ""


def _escalation(site: Site, item: Playbook) -> str:
    to = markup.said(site.team(item.escalate_to))
    return markup.paragraph(f"<strong>Stuck?</strong> Escalate to {to}.", "ib-note ib-note--escalate") if to else ""


def _used(site: Site, place: Place, found: list[Incident]) -> str:
    """List the incidents in which it was used, newest first."""
    return markup.bullets(
        f"{place.incident(incident.id)} {markup.said(incident.title)} {parts.severity(incident.severity)} "
        f"<small>{site.day(incident.started)}, {markup.said(site.duration(incident))}</small>"
        for incident in found
    )
