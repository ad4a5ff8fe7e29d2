"""The post-mortem that policy asks for: whether it is owed, by when, and whether it came in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple
from zoneinfo import ZoneInfo

from incidentbook.duties import Clock, covers, is_judged
from incidentbook.records.incident import Incident
from incidentbook.records.policy.severities import Severities
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import parse_duration
from incidentbook.records.vocabulary import Severity


class Due(NamedTuple):
    """By when a post-mortem is to be held, how long that is after the resolution, and of which incident."""

    at: dt.datetime
    within: dt.timedelta
    incident: str


def owed(incident: Incident, policy: Severities, zone: ZoneInfo) -> bool:
    """Whether policy asks for a post-mortem of this incident at all: one resolved before it took effect owes none."""
    if not incident.counts or incident.severity in (None, Severity.UNCLASSIFIED) or incident.provenance is not None:
        return False
    resolved = incident.milestone("resolved")
    if resolved is None or policy.level(incident.severity).postmortem != "required":
        return False
    return covers(policy.effective_from, resolved.at, zone)


def unskippable(
    postmortem: Postmortem, find: Callable[[str], Incident | None], policy: Severities, zone: ZoneInfo
) -> Incident | None:
    """Return the first incident for which policy asks for a post-mortem and lets none be skipped; None where it may be."""
    for incident in filter(None, map(find, postmortem.incidents)):
        if owed(incident, policy, zone) and not policy.level(incident.severity).postmortem_skippable:
            return incident
    return None


def due(postmortem: Postmortem, find: Callable[[str], Incident | None], policy: Severities, clock: Clock) -> Due | None:
    """Return by when a post-mortem is to be held: of several incidents, the one resolved last counts.

    Args:
        postmortem: the one that covers them.
        find: returns the incident with an id.
        policy: what asks for it.
        clock: knows the zone.

    """
    found: list[Due] = []
    for name in postmortem.incidents:
        incident = find(name)
        if incident is None or not is_judged(incident, policy.effective_from, clock.zone):
            continue
        resolved, level = incident.milestone("resolved"), policy.level(incident.severity)
        within = parse_duration(level.postmortem_within) if level.postmortem == "required" else None
        if resolved is not None and within is not None:
            found.append(Due((resolved.latest or resolved.at) + within, within, name))
    return max(found, default=None)


def deadline(
    incident: Incident,
    postmortem: Postmortem | None,
    find: Callable[[str], Incident | None],
    policy: Severities,
    clock: Clock,
) -> dt.datetime | None:
    """Return by when the post-mortem that an incident owes is to be held, whether it has been begun or not.

    Where policy gives no time that can be read, one that is begun has no clock (None), and one that is missing is owed at once.
    None as well where the incident is not resolved.
    """
    if postmortem is not None:
        found = due(postmortem, find, policy, clock)
        return found.at if found else None
    resolved = incident.milestone("resolved")
    within = parse_duration(policy.level(incident.severity).postmortem_within) or dt.timedelta()
    return (resolved.latest or resolved.at) + within if resolved else None


def late(postmortem: Postmortem, by: dt.datetime, clock: Clock) -> tuple[str, str] | None:
    """Return the key and the words for what is too late; a post-mortem that was published without any day is not judged."""
    for key, verb in (("held", "was held on"), ("published", "was published on")):
        day = getattr(postmortem, key)
        if day is not None:
            return (key, f"{verb} {day}") if _begin(day, clock.zone) > by else None
    if postmortem.status == "published":
        return None
    if clock.is_over(by):
        return "status", f"is {postmortem.status} and has not been held"
    planned = postmortem.scheduled
    return ("scheduled", f"is planned for {planned}") if planned and _begin(planned, clock.zone) > by else None


def _begin(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=zone)
