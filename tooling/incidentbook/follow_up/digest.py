"""What a team has to know of its action items, in a page: as Markdown for a channel, or as the text of an e-mail."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from incidentbook.follow_up import MEND, Promise, plain
from incidentbook.records.action_item import ActionStatus
from incidentbook.records.policy.knowledge_base import KnowledgeBase
from incidentbook.terminal_text import clean

_COLUMNS = 72


class Part(NamedTuple):
    """A heading with the items below it, and what is to be done with them."""

    heading: str
    ask: str
    promises: tuple[Promise, ...]


class Digest(NamedTuple):
    """A subject and the parts that are not empty."""

    subject: str
    parts: tuple[Part, ...]
    day: dt.date


def digest(
    house: KnowledgeBase, promises: Iterable[Promise], owners: Sequence[str], now: dt.datetime, ahead: dt.timedelta
) -> Digest:
    """Sort the items of ``owners`` (of all teams where none is named) by what they ask for.

    Args:
        house: names the teams, and the zone in which days end.
        promises: all action items.
        owners: the teams that it goes to.
        now: the instant that it tells of.
        ahead: how far it looks into the future; what is due later is only counted with the rest.

    """
    zone = house.zone
    day = now.astimezone(zone).date()
    mine = sorted((one for one in promises if not owners or one.item.owner in owners), key=lambda one: one.order)
    still = [one for one in mine if one.open]
    late = [one for one in still if one.item.late(now, zone)]
    soon = [one for one in still if one not in late and one.item.last_day and one.item.last_day <= day + ahead]
    rest = [one for one in still if one not in late and one not in soon]
    groups = (
        ("Overdue", MEND,
         [one for one in late if not one.item.waived(now, zone)]),
        ("Late with a waiver", "It ends on the day that is named.", [one for one in late if one.item.waived(now, zone)]),
        (f"Due by {day + ahead}", "", soon),
        ("Open, due later", "", rest),
        ("Done, to be verified", "Somebody other than the owner looks whether it held.",
         [one for one in mine if one.item.status is ActionStatus.DONE]),
        ("Proposed", "Promise it with an owner and a day, or cancel it with a reason.",
         [one for one in mine if one.item.status is ActionStatus.PROPOSED]),
    )  # fmt: skip
    parts = tuple(Part(heading, ask, tuple(found)) for heading, ask, found in groups if found)
    urgent = [part for part in parts if part.ask == MEND or part.promises[0] in soon]
    counts = ", ".join(f"{len(part.promises)} {part.heading[0].lower()}{part.heading[1:]}" for part in urgent)
    who = ", ".join(map(house.team_name, owners)) or house.name
    return Digest(f"Action items of {who} on {day}: {counts or 'nothing is pressing'}", parts, day)


def markdown(house: KnowledgeBase, found: Digest) -> str:
    """Return the digest as Markdown; what people wrote in titles stays text."""
    lines = [f"# {plain(found.subject)}", ""]
    for part in found.parts:
        lines += [f"## {part.heading} ({len(part.promises)})", ""]
        lines += [part.ask, ""] if part.ask else []
        lines += [
            f"- **{plain(one.item.id)}** {plain(one.item.title)} ({plain(_facts(house, one))})" for one in part.promises
        ]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def email(house: KnowledgeBase, found: Digest) -> str:
    """Return the digest as an e-mail without addresses: a subject, a blank line, and text in lines of up to 72 characters."""
    lines = [f"Subject: {clean(found.subject)}", ""]
    for part in found.parts:
        heading = f"{part.heading} ({len(part.promises)})"
        lines += [heading, "-" * len(heading)]
        lines += [*textwrap.wrap(part.ask, _COLUMNS), ""] if part.ask else []
        for one in part.promises:
            lines += textwrap.wrap(clean(f"{one.item.id} {one.item.title}"), _COLUMNS, subsequent_indent="  ")
            lines += textwrap.wrap(clean(_facts(house, one)), _COLUMNS, initial_indent="  ", subsequent_indent="  ")
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _facts(house: KnowledgeBase, promise: Promise) -> str:
    item = promise.item
    day = f"{'accepted until' if promise.risk else 'due'} {item.last_day}" if item.last_day and promise.open else ""
    waiver = f"waived until {item.waiver.until}" if item.waiver and item.waiver.until and promise.open else ""
    owner = house.team_name(item.owner) if item.owner else "nobody"
    state = item.status.label.lower() if item.status else ""
    return ", ".join(word for word in (day, waiver, item.priority, state, owner, " ".join(promise.incidents)) if word)
