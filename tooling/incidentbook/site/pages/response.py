"""The organisation's own guide, from its policies: severities, escalation, channels and cadence, duties, who is on call.

Policy files have no level of their own. What readers outside are promised anyway (what a severity means, how often they hear,
what follows) is for everybody; contacts, ladders, rotations, channels of responders and reporting duties are for those who may
see a record that names no level (`Site.inside`).
"""

from __future__ import annotations

from collections.abc import Iterator

from incidentbook.records.policy.actions import ActionsPolicy
from incidentbook.records.policy.communications import OUTSIDE, Cadence, Channel, CommunicationsPolicy
from incidentbook.records.policy.escalation import EscalationPolicy
from incidentbook.records.policy.obligations import Obligation, Obligations, Submission
from incidentbook.records.policy.rotation import Rotation, RotationPolicy
from incidentbook.records.policy.severities import Criterion, Severities, SeverityLevel
from incidentbook.records.time import parse_duration, words
from incidentbook.records.vocabulary import Severity
from incidentbook.site import named, parts, shifts, text, wording
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page

ORDER = 60
PATH = "response.md"
_TARGETS = (
    ("acknowledge", "Somebody has taken it on"),
    ("commander", "An incident commander leads"),
    ("update", "Update at least every"),
    ("mitigate", "Customers are no longer hurt"),
    ("resolve", "It is over"),
)
_MEASURES = {
    "customers_affected_pct": "customers affected", "revenue_per_hour": "lost revenue an hour", "data_loss": "loss of data",
    "data_exposed": "data exposed", "safety_risk": "risk to people's safety", "slo_breached": "an objective missed",
    "duration": "duration",
}  # fmt: skip
_HIDDEN = "Escalation, rotations, contacts and reporting duties are not part of this view."


def render(site: Site) -> Iterator[Page]:
    """Yield the one page."""
    place = site.at(PATH)
    sections = [
        ("How bad is it?", _severities(site)),
        ("How fast?", _targets(site)),
        ("Who is called, when nobody has taken it on?", _ladders(site, place) if site.inside else ""),
        ("Who is on call?", _on_call(site, place) if site.inside else ""),
        ("Who hears of it, and how often?", _communications(site)),
        ("What follows?", _afterwards(site)),
        ("Who has to be told by law or contract?", _duties(site) if site.inside else ""),
    ]
    shown = [f"## {title}\n\n{content}" for title, content in sections if content]
    lead = "What to do when something breaks, as this organisation has agreed it."
    yield Page(
        path=PATH,
        title="Response",
        says=parts.join(
            "# How we respond",
            f'<p class="ib-lead" markdown="span">{lead}</p>'
            if shown
            else "No policy says it yet: `policy/` is the place for it.",
            *shown,
            parts.note(_HIDDEN) if shown and not site.inside else "",
        ),
        description="Severities with their criteria, targets, who is told and what follows, from policy.",
        hide=("navigation",),
        boost=1.5,
    )


def _known(site: Site) -> list[tuple[Severity, SeverityLevel]]:
    levels = site.repo.policy(Severities).severities
    return [(severity, levels[severity.value]) for severity in Severity if severity.value in levels]


def _severities(site: Site) -> str:
    cards = []
    for severity, level in _known(site):
        name = f'<p class="ib-grid__title">{parts.severity(severity)} {text.escape(level.name)}</p>'
        criteria = parts.bullets(said for item in level.any if (said := _criterion(item)))
        listed = f"Any one of:\n\n{criteria}" if criteria else "What meets no criterion of a worse one."
        beside = ", ".join(said for item in level.supporting if (said := _criterion(item)))
        foot = f'<p class="ib-grid__foot">Beside it, never deciding: {beside}</p>' if beside else ""
        said = "\n\n".join(piece for piece in (name, text.escape(level.description), listed, foot) if piece)
        cards.append(parts.block("div", f"ib-grid__item ib-severity ib-severity--{severity.value}", said))
    if not cards:
        return ""
    lead = "By business impact, not by technical symptom. In doubt the worse one: it can be taken back."
    return f"{lead}\n\n{parts.block('div', 'ib-grid', chr(10).join(f'{card}{chr(10)}' for card in cards))}"


def _criterion(item: Criterion) -> str:
    """Say a criterion of the matrix as a person would."""
    name = text.escape(_MEASURES.get(item.measure, item.measure.replace("_", " ")))
    if item.at_least is not None:
        unit = " %" if item.measure.endswith("_pct") else ""
        return f"{item.at_least:,g}{unit} {name} or more" if unit else f"{name} of {item.at_least:,g} or more"
    if item.more_than:
        return f"{name} above {_length(item.more_than)}"
    if item.is_ is True:
        return name
    return f"{text.escape(str(item.is_))} {name}" if item.is_ not in (None, False) else f"no {name}"


def _length(value: str) -> str:
    found = parse_duration(value)
    if found is None:
        return text.escape(value)
    return words(found.total_seconds()) if found else "at once"


def _targets(site: Site) -> str:
    known = _known(site)
    header = ("Target", *(severity.label for severity, _ in known))
    rows = [
        (label, *(_length(level.targets[name]) if name in level.targets else "" for _, level in known))
        for name, label in _TARGETS
        if any(name in level.targets for _, level in known)
    ]
    return parts.table(header, rows, "plain")


def _ladders(site: Site, place: Place) -> str:
    policy, channels = site.repo.policy(EscalationPolicy), site.repo.policy(CommunicationsPolicy).channels
    found = []
    for severity, _ in _known(site):
        rungs = policy.ladder(severity)
        if not rungs:
            continue
        steps = (
            f"**{_length(rung.after)}**: {_whom(site, place, rung.notify)}"
            + (f", by {text.escape(_channel(channels.get(rung.by), rung.by).lower())}" if rung.by else "")
            for rung in rungs
        )
        found.append(parts.block("div", "ib-grid__item", f"{parts.severity(severity)}\n\n{parts.bullets(steps)}"))
    if not found:
        return ""
    return (
        f"Times run from the declaration.\n\n{parts.block('div', 'ib-grid ib-grid--four', (chr(10) * 2).join(found))}"
    )


def _whom(site: Site, place: Place, name: str) -> str:
    if name in site.knowledge_base.teams:
        return named.team(site, place, name)
    return f"{text.escape(name.replace('-', ' '))} (whoever is on call)"


def _channel(channel: Channel | None, slug: str) -> str:
    return channel.name if channel and channel.name else slug


def _on_call(site: Site, place: Place) -> str:
    found = [_rotation(site, place, rotation) for rotation in site.repo.policy(RotationPolicy).rotations]
    return parts.join(*found).rstrip("\n") if any(found) else ""


def _rotation(site: Site, place: Place, rotation: Rotation) -> str:
    turns = shifts.ahead(site, rotation)
    if not any(turn.team for turn in turns):
        return ""
    team = turns[0].team
    now = named.team(site, place, team) or "nobody"
    title = text.escape(wording.label(rotation.role or rotation.id))
    rows = (
        (
            site.when(turn.start), site.when(turn.end),
            named.team(site, place, turn.team) or parts.chip("Nobody", "late"),
            shifts.why(turn),
        )
        for turn in turns[:6]
    )  # fmt: skip
    over = f"Hand over: {text.escape(rotation.handover, begins=False)}" if rotation.handover else ""
    said = f"Now **{now}**, until {site.when(turns[0].end)}. Turns go {text.escape(rotation.type.replace('-', ' '))}."
    return parts.join(f"### {title}", said, parts.table(("From", "To", "Team", "State"), rows, "plain"), over)


def _communications(site: Site) -> str:
    policy = site.repo.policy(CommunicationsPolicy)
    known = [(severity, policy.cadence[severity.value]) for severity in Severity if severity.value in policy.cadence]
    rows = [
        (parts.severity(severity), _length(cadence.every), ", ".join(text.escape(name) for name in heard))
        for severity, cadence in known
        if (heard := _audiences(site, cadence))
    ]
    cadence = parts.table(("Severity", "An update at least every", "To"), rows, "plain")
    channels = [
        (_named(site, channel, slug), ", ".join(text.escape(name) for name in _heard(site, channel)))
        for slug, channel in policy.channels.items()
        if _heard(site, channel)
    ]
    listed = parts.table(("Channel", "Who reads it"), channels, "plain")
    return parts.join(cadence, listed).strip("\n")


def _audiences(site: Site, cadence: Cadence) -> list[str]:
    return [name for name in cadence.audiences if site.inside or name in OUTSIDE]


def _heard(site: Site, channel: Channel) -> list[str]:
    """Return who reads a channel, as far as the reader may know it: outside, only channels that are for readers outside."""
    return [name for name in channel.audience if site.inside or name in OUTSIDE]


def _named(site: Site, channel: Channel, slug: str) -> str:
    name = text.escape(_channel(channel, slug))
    wide = site.inside or "public" in channel.audience
    return text.link_out(channel.url, name) if channel.url and wide else name


def _afterwards(site: Site) -> str:
    known = _known(site)
    said = [
        f"{parts.severity(severity)} A post-mortem is {text.escape(level.postmortem)}"
        + (f", within {_length(level.postmortem_within)} of the resolution" if level.postmortem_within else "")
        + "."
        for severity, level in known
    ]
    deadlines = site.repo.policy(ActionsPolicy).deadlines
    priorities = list(dict.fromkeys(name for by in deadlines.values() for name in by))
    rows = [
        (parts.severity(severity), *(_length(deadlines[severity.value].get(name, "")) for name in priorities))
        for severity in Severity
        if severity.value in deadlines
    ]
    header = ("Promises are due within", *(text.escape(f"{name} priority") for name in priorities))
    return parts.join(parts.bullets(said), parts.table(header, rows, "plain")).strip("\n")


def _duties(site: Site) -> str:
    bound = [item for item in site.repo.policy(Obligations).obligations if item.binds(site.today)]
    if not bound:
        return ""
    rows = [
        (
            f"**{text.escape(item.regime)}** {text.escape(item.article)}",
            text.escape(item.title),
            _due(item),
            _starts(item),
        )
        for item in bound
    ]
    lead = (
        "Whether one of them applies is for those who know the law. This list says only how much time there is, and from when, "
        "for those in force today."
    )
    return f"{lead}\n\n{parts.table(('Duty', 'What', 'Within', 'The clock starts once'), rows, 'duties')}"


def _due(item: Obligation) -> str:
    return "<br>".join(_one(submission) for submission in item.due)


def _one(due: Submission) -> str:
    within = "without undue delay" if due.within == "without-undue-delay" else text.escape(due.within)
    days = f" ({text.escape(due.calendar.replace('-', ' '))})" if due.calendar not in ("", "elapsed") else ""
    after = f", after {text.escape(due.after.replace('-', ' '), begins=False)}" if due.after else ""
    to = f" to {text.escape(due.to, begins=False)}" if due.to else ""
    return f"{text.escape(due.name or due.id)}: {within}{days}{after}{to}"


def _starts(item: Obligation) -> str:
    return text.escape(f"{item.starts_at.replace('-', ' ')}")
