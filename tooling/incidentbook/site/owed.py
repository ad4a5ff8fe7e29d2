"""What falls due on which day: promises, accepted risks, post-mortems and their clocks, reviews of playbooks, drills."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from incidentbook.duties import reviews
from incidentbook.records.action_item import ActionStatus
from incidentbook.records.time import end_of_day
from incidentbook.site import lessons, promises, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place

AHEAD = dt.timedelta(days=184)
_TURNS = 3  # coming days of something that comes round again


class Owed(NamedTuple):
    """Something on a day.

    Attributes:
        day: in the knowledge base's zone.
        kind: one of our class names: due, late, waived, risk, review, meeting, drill.
        label: the kind for people.
        said: safe HTML with its link.

    """

    day: dt.date
    kind: str
    label: str
    said: str


def everything(site: Site, place: Place) -> list[Owed]:
    """Return all that is owed or planned up to `AHEAD` of now, in the order of days; what is past and settled is not in it."""
    found = [*_promises(site, place), *_postmortems(site, place), *_reviews(site, place), *_drills(site, place)]
    last = site.today + AHEAD
    return sorted((one for one in found if one.day <= last), key=lambda one: (one.day, one.label, one.said))


def _promises(site: Site, place: Place) -> Iterator[Owed]:
    last = site.today + AHEAD
    for promise in promises.everything(site):
        item = promise.item
        if not promise.open:
            continue
        risk = item.status is ActionStatus.ACCEPTED_RISK
        known = item.last_day
        days = (
            itertools.takewhile(lambda day: day <= last, item.open_days())
            if item.recurrence and not risk
            else ([] if known is None else [known])
        )
        label = (
            f"{text.escape(item.title, begins=False)} ({text.escape(site.team(item.owner) or 'nobody', begins=False)})"
        )
        said = place.link("actions.md", label, site.pages.actions.get(item.id, ""))
        for day in _few(site, days) if item.recurrence and not risk else days:
            over = site.now >= end_of_day(day, site.repo.zone)
            kind = "risk" if risk else "waived" if over and promise.waived else "late" if over else "due"
            name = {"risk": "Risk accepted until", "waived": "Late, with a waiver", "late": "Overdue", "due": "Due"}[
                kind
            ]
            yield Owed(day, kind, name, said)


def _few(site: Site, days: Iterable[dt.date]) -> Iterator[dt.date]:
    """Yield the days that are over and the next few: what comes round each week would hide all else."""
    left = _TURNS
    for day in days:
        left -= site.now < end_of_day(day, site.repo.zone)
        if left < 0:
            return
        yield day


def _postmortems(site: Site, place: Place) -> Iterator[Owed]:
    for one in reviews.owed(site.repo, site.now):
        first = one.incidents[0] if one.incidents else None
        if first is None:
            continue
        target = site.pages.postmortems.get(first.id) or site.pages.incidents.get(first.id)
        name = text.escape(first.title or first.id, begins=False)
        said = place.link(target, name) if target else name
        day = one.by.astimezone(site.repo.zone).date()
        yield Owed(day, "late" if one.overdue(site.now) else "due", "Post-mortem owed by", said)
    today = site.today
    for path, item in lessons.newest(site):
        if (
            item.scheduled
            and item.scheduled >= today
            and item.held is None
            and item.status not in ("published", "skipped")
        ):
            yield Owed(
                item.scheduled, "meeting", "Post-mortem planned",
                place.link(path, text.escape(lessons.title(site, item), begins=False)),
            )  # fmt: skip


def _reviews(site: Site, place: Place) -> Iterator[Owed]:
    for entry in site.repo.playbooks:
        item = entry.record
        if item is None or item.status == "retired" or item.review_due is None:
            continue
        over = site.now >= end_of_day(item.review_due, site.repo.zone)
        name = text.escape(item.title or item.id, begins=False)
        yield Owed(
            item.review_due,
            "late" if over else "review",
            "Playbook review",
            place.link(site.pages.sources[entry.path], name),
        )


def _drills(site: Site, place: Place) -> Iterator[Owed]:
    for entry, item in site.incidents():
        if item.exercise and item.started and item.started > site.now:
            day = item.started.astimezone(site.repo.zone).date()
            name = text.escape(item.title or item.id, begins=False)
            yield Owed(day, "drill", "Drill", place.link(site.pages.sources[entry.path], name))
