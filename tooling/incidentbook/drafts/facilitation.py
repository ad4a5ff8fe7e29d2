"""A guide for whoever facilitates a post-mortem: who comes, an agenda with minutes, what to prepare, and what to ask.

It is a template with computed parts, like a post-mortem; the knowledge base's own stands beside those. Nothing gets in that
readers of the post-mortem may not see.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType

from incidentbook import computed, marked, told
from incidentbook.computed import past
from incidentbook.computed.case import Case
from incidentbook.drafts import agenda, interviews
from incidentbook.drafts.postmortem import MEETING, places
from incidentbook.errors import EditError
from incidentbook.frozen import frozen
from incidentbook.markdown import escape
from incidentbook.records.action_item import ActionStatus
from incidentbook.records.incident import Incident
from incidentbook.records.policy.services import Services
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.vocabulary import MILESTONES
from incidentbook.repository import Repository

COMMANDER = "incident-commander"
_OTHERS = 5  # teams that are named as possible facilitators


@frozen
class Plan:
    """What the parts of a guide are made from.

    Attributes:
        path: of the post-mortem; empty where it is not begun.
        length: of the meeting.
        begin: when it begins, in the zone of the knowledge base; None where that is not known.

    """

    case: Case
    postmortem: Postmortem
    path: str
    length: dt.timedelta
    begin: dt.datetime | None


def guide(house: Repository, postmortem: Postmortem, path: str, length: dt.timedelta, now: dt.datetime) -> str:
    """Return the guide to the meeting about a post-mortem as Markdown.

    Args:
        house: the whole knowledge base.
        postmortem: as far as it is written; one that only names its incidents will do.
        path: of it; empty where it is not begun.
        length: of the meeting.
        now: up to which an incident that goes on is told.

    Raises:
        EditError: the template asks for a part that there is none of, or its agenda does not fit into the meeting.
        UnreadableError: nobody can be sure who may read what of a record.

    """
    meeting = postmortem.meeting
    begin = meeting.at.at.astimezone(house.zone) if meeting and meeting.at else None
    if begin is not None and postmortem.scheduled not in (None, begin.date()):
        begin = None  # the day was changed by hand, and nobody knows the time of day
    case = computed.case(house, postmortem, now)
    shown = case.house.postmortem_of(postmortem.incidents[0]) if path else None
    plan = Plan(case, shown or postmortem, path, length, begin)
    text = places(house.root)[MEETING][0].read_text(encoding="utf-8")
    return marked.replaced(agenda.timed(text, length, begin), lambda name: _part(plan, name))


def commanders(postmortem: Postmortem, find: Callable[[str], Incident | None]) -> set[str]:
    """Return the teams that commanded one of the incidents."""
    covered = (incident for name in postmortem.incidents if (incident := find(name)))
    return {held.holder for incident in covered for held in incident.roles if held.role == COMMANDER}


def _part(plan: Plan, name: str) -> str:
    if name not in PARTS:
        raise EditError(f"There is no computed part {name!r} of a guide", hint=f"There are: {', '.join(PARTS)}.")
    return "\n".join(["", *(list(PARTS[name](plan)) or ["Nothing recorded."]), "", ""])


def _meeting(plan: Plan) -> Iterator[str]:
    for incident in plan.case.incidents:
        yield f"- **Incident:** {escape(f'{incident.id}: {incident.title}')}"
    minutes = f"{plan.length.total_seconds() / 60:.0f} minutes"
    if plan.begin:
        yield f"- **When:** {plan.begin:%Y-%m-%d %H:%M %Z}, {minutes}"
    else:
        day = plan.postmortem.scheduled
        yield f"- **When:** {f'{day}, at a time' if day else 'at a time'} still to be agreed, {minutes}"
    yield f"- **Post-mortem:** {escape(plan.path) if plan.path else 'not begun yet'}"


def _people(plan: Plan) -> Iterator[str]:
    names, held = plan.case.house.knowledge_base, dict[str, list[str]]()
    for incident in plan.case.incidents:
        for item in incident.roles:
            said = f"{item.role.replace('-', ' ')} ({told.held(incident, item, names.zone)})"
            held.setdefault(item.holder, []).append(said)
    yield from _facilitator(plan, held)
    for team, roles in held.items():
        yield f"- **{escape(names.team_name(team))}:** {escape('; '.join(roles))}"
    services = plan.case.house.policy(Services)
    owners: dict[str, list[str]] = {}
    for slug in dict.fromkeys(slug for incident in plan.case.incidents for slug in incident.services):
        service = services.services.get(slug)
        if service and service.team and service.team not in held:
            owners.setdefault(service.team, []).append(services.name(slug))
    for team, hit in owners.items():
        yield f"- **{escape(names.team_name(team))}:** owns what was hit and held no role: {escape(', '.join(hit))}"


def _facilitator(plan: Plan, took_part: Collection[str]) -> Iterator[str]:
    names = plan.case.house.knowledge_base
    commanded = commanders(plan.postmortem, plan.case.house.incident)
    chosen = plan.postmortem.facilitator
    others = [team for team in names.teams if team not in took_part][:_OTHERS]
    if chosen and chosen not in commanded:
        yield f"- **{escape(names.team_name(chosen))}:** facilitates"
        return
    who = ", ".join(names.team_name(team) for team in sorted(commanded))
    why = f"not {who}, which commanded the incident" if who else "somebody who held no role in the incident"
    free = f". Held no role in it: {', '.join(names.team_name(team) for team in others)}" if others else ""
    yield f"- **Facilitator to be found:** {escape(f'{why}{free}')}"


def _prepare(plan: Plan) -> Iterator[str]:
    named = plan.path or f"a post-mortem (inc postmortem new {plan.postmortem.incidents[0]} --write)"
    yield f"- [ ] Hand {escape(named)} out a day before, as far as it is written"
    for incident in plan.case.incidents:
        quiet = len(interviews.gaps(incident))
        unsure = [name for name in MILESTONES if (at := incident.milestone(name)) and at.uncertain]
        if quiet:
            times = "one time" if quiet == 1 else f"{quiet} times"
            yield f"- [ ] Ask about {times} of which {incident.id} says nothing (below)"
        if unsure:
            yield f"- [ ] Look for better evidence of when {incident.id} was {escape(', '.join(unsure))}"
        alike = (line.removeprefix("- ") for line in past.similar(plan.case, incident) if line.startswith("- "))
        yield from (f"- [ ] Read what was learned after {line}" for line in alike)
    if plan.postmortem.causes.nodes or plan.postmortem.five_whys:
        yield f"- [ ] Print the causes so far: inc postmortem causes {plan.postmortem.incidents[0]} --output causes.svg"
    proposed = sum(item.status is ActionStatus.PROPOSED for item in plan.postmortem.action_items)
    if proposed:
        yield f"- [ ] Bring {proposed} proposed action {'item' if proposed == 1 else 'items'} to be decided"


def _questions(plan: Plan) -> Iterator[str]:
    for incident in plan.case.incidents:
        if len(plan.case.incidents) > 1:
            yield from (f"**{incident.id}**", "")
        alone = incident is plan.case.incidents[-1]  # factors are of all of them
        yield from interviews.questions(plan.case, plan.postmortem if alone else Postmortem(), incident)
        if not alone:
            yield ""


PARTS: Mapping[str, Callable[[Plan], Iterator[str]]] = MappingProxyType(
    {"meeting": _meeting, "people": _people, "prepare": _prepare, "questions": _questions}
)
