"""One page for each playbook: what triggers it, who does what, and its steps as a checklist."""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.entry import Entry
from incidentbook.records.playbook import Playbook, Step
from incidentbook.records.policy.services import Services
from incidentbook.site import body, parts, reviews, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page

ORDER = 31
PARENT = "playbooks/index.md"
_BOOST = 3.0  # somebody who searches during an outage wants the runbook before the history


def render(site: Site) -> Iterator[Page]:
    """Yield the page of every playbook."""
    for entry in site.repo.playbooks:
        if entry.record:
            yield _page(site, entry, entry.record)


def _page(site: Site, entry: Entry[Playbook], item: Playbook) -> Page:
    path = site.pages.sources[entry.path]
    place = site.at(path)
    triggers = parts.bullets(place.inline(trigger) for trigger in item.triggers)
    roles = ((_role(role.role), place.inline(role.does)) for role in item.roles)
    steps = "\n".join(_step(place, number, step) for number, step in enumerate(item.steps, 1))
    escalate = text.escape(site.team(item.escalate_to))
    title = item.title or item.id
    content = parts.join(
        parts.title(f"{item.type.label} playbook" if item.type else "Playbook", title),
        _warning(item),
        _card(site, item),
        f"## When to use it\n\n{triggers}" if triggers else "",
        f"## Who does what\n\n{parts.facts(roles)}" if item.roles else "",
        f"## Steps\n\n{parts.block('ol', 'ib-steps', steps)}" if steps else "",
        parts.note(f"**Stuck?** Escalate to {escalate}.", "escalate") if escalate else "",
        body.rewrite(item.body, place, entry.path).strip(),
        _used(site, place, item),
    )
    said = text.plain("; ".join(item.triggers[:2]) or title)
    return Page(path, text.plain(title), content, said, entry.path, PARENT, ("navigation",), boost=_BOOST)


def _warning(item: Playbook) -> str:
    warnings = {
        "draft": "This playbook is a draft: nobody has followed it through yet.",
        "retired": "This playbook is retired: do not follow it.",
    }
    return parts.note(warnings[item.status], "escalate") if item.status in warnings else ""


def _card(site: Site, item: Playbook) -> str:
    services = site.repo.policy(Services)
    chips = " ".join(parts.severity(value) for value in item.severities)
    facts = parts.facts(
        (
            ("Services", text.escape(", ".join(services.name(slug) for slug in item.services))),
            ("Owner", text.escape(site.team(item.owner))),
            ("Last reviewed", reviews.said(site, item)),
            ("Steps", str(len(item.steps))),
        )
    )
    line = f'<p class="ib-chips">{chips}</p>\n\n' if chips else ""
    return parts.block("div", "ib-card", f"{line}{facts}")


def _step(place: Place, number: int, step: Step) -> str:
    """Return one step: a box to tick, who acts, what to type, what to see, and what to do when that is not seen."""
    anchor = f' id="step-{text.attribute(step.id)}"' if step.id else ""
    actor = f'<span class="ib-step__actor">{text.escape(_role(step.actor), begins=False)}</span>' if step.actor else ""
    tick = f'<label class="ib-step__tick"><input type="checkbox"> <span>Step {number}</span></label>'
    name = f'<span class="ib-step__id">{text.escape(step.id, begins=False)}</span>' if step.id else ""
    pieces = [
        f'<p class="ib-step__head">{tick} {actor} {name}</p>',
        f'<p class="ib-step__action" markdown="span">{place.inline(step.action)}</p>',
        f'<pre><code class="language-sh">{text.code(step.command)}\n</code></pre>' if step.command else "",
        _outcome("expect", "You should see", place.inline(step.expect)),
        _outcome("failure", "If not", place.inline(step.on_failure)),
    ]
    content = "\n\n".join(piece for piece in pieces if piece)
    return f'<li class="ib-step"{anchor} markdown="block">\n\n{content}\n\n</li>'


def _outcome(kind: str, label: str, said: str) -> str:
    if not said:
        return ""
    return f'<p class="ib-step__{kind}" markdown="span"><strong class="ib-step__label">{label}</strong> {said}</p>'


def _role(slug: str) -> str:
    return slug.replace("-", " ").capitalize()


def _used(site: Site, place: Place, item: Playbook) -> str:
    """List the incidents in which it was used, newest first."""
    found = [incident for _, incident in site.incidents() if item.id and item.id in incident.playbooks]
    if not found:
        return ""
    lines = (
        f"{place.incident(incident.id)} {text.escape(incident.title, begins=False)} {parts.severity(incident.severity)}"
        for incident in found
    )
    return f"## Used in\n\n{parts.bullets(lines)}"
