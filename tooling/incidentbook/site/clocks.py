"""Clocks that run: updates that are owed, post-mortems, and reporting duties that could apply."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from incidentbook.duties import reviews, updates
from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import OUTSIDE, CommunicationsPolicy
from incidentbook.records.policy.obligations import Obligations
from incidentbook.records.time import parse_duration, short
from incidentbook.records.vocabulary import IncidentType
from incidentbook.site import text
from incidentbook.site.context import Site
from incidentbook.site.links import Place

_AWARE = ("aware", "discovered", "noticed")  # what a detection may have been; anything else only people can say
_LATELY = dt.timedelta(days=90)


class Clock(NamedTuple):
    """Something that is wanted by an instant; ``said`` and ``note`` are safe Markdown, ``sure`` where policy alone decides."""

    by: dt.datetime
    said: str
    note: str
    sure: bool = True

    def left(self, now: dt.datetime) -> str:
        """Say how long there is, or since when it has been late."""
        seconds = (self.by - now).total_seconds()
        return f"{short(seconds)} left" if seconds >= 0 else f"{short(-seconds)} late"


def running(site: Site, place: Place) -> list[Clock]:
    """Return the clocks of the view, the most urgent first.

    Reporting duties come only for readers inside, and only as a question: no record says that a law applies or who knew when.
    They run from the detection of incidents of security and of those that exposed data.
    """
    found = [*_updates(site, place), *_postmortems(site, place), *(_duties(site, place) if site.inside else ())]
    return sorted(found, key=lambda clock: (clock.by, clock.said))


def _updates(site: Site, place: Place) -> Iterator[Clock]:
    policy, house = site.repo.policy(CommunicationsPolicy), site.knowledge_base
    for _, item in site.open_incidents():
        owed = policy.owed(item.severity, item.disclosure or house.default_disclosure)
        began = item.milestone("declared") or item.milestone("started")
        if owed is None or began is None or item.provenance is not None:
            continue
        heard = [name for name in owed.audiences if site.inside or name in OUTSIDE]
        if heard:
            by = updates.next_due(item, owed, began.at, site.now)
            audiences = text.escape(" or ".join(heard))
            yield Clock(by, f"Update on {place.incident(item.id, _name(item))}", f"to {audiences}")


def _postmortems(site: Site, place: Place) -> Iterator[Clock]:
    for one in reviews.owed(site.repo, site.now):
        if one.incidents and site.now - one.by < _LATELY:
            first = one.incidents[0]
            held = "nobody has begun it" if one.status == reviews.MISSING else one.status.replace("-", " ")
            planned = f", planned for {one.planned}" if one.planned else ""
            label = f"Post-mortem of {place.incident(first.id, _name(first))}"
            yield Clock(one.by, label, text.escape(f"{held}{planned}"))


def _duties(site: Site, place: Place) -> Iterator[Clock]:
    day = site.today
    bound = [item for item in site.repo.policy(Obligations).obligations if item.binds(day) and item.starts_at in _AWARE]
    for _, item in site.incidents():
        known = item.milestone("detected") or item.milestone("started")
        touched = item.type is IncidentType.SECURITY or item.classification.data_exposed
        if known is None or not touched or not item.counts or item.provenance is not None or known.at > site.now:
            continue
        for duty in bound:
            for due in duty.due:
                within = parse_duration(due.within)
                if within is None or due.after or due.calendar != "elapsed" or known.at + within < site.now:
                    continue
                label = f"{text.escape(duty.regime)}: {text.escape(due.name or due.id)}, {place.incident(item.id, _name(item))}"
                yield Clock(known.at + within, label, "if it applies, and the detection made you aware", sure=False)


def _name(item: Incident) -> str:
    return text.escape(item.title or item.id)
