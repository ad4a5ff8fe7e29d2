"""Reviews as a calendar: meetings of post-mortems, those that are still owed, and playbooks that want to be read again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from icalendar import Event

from incidentbook import calendars, disclosure
from incidentbook.drafts import invitation
from incidentbook.duties import reviews
from incidentbook.records.postmortem import Postmortem
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.feeds import CALENDAR, _facts

ORDER = 50
PATH, TITLE, MEDIA = "feeds/reviews.ics", "Reviews", CALENDAR
_DAY = dt.timedelta(days=1)


def render(site: Site, addresses: Addresses) -> str:
    """Return the calendar; a link to the page stands in each event where the address of the site is known."""
    made, stamp = calendars.calendar(site.knowledge_base, TITLE), _facts.newest(site)
    for event in (*_meetings(site, stamp), *_owed(site, stamp), *_playbooks(site, addresses, stamp)):
        made.add_component(event)
    return calendars.text(made)


def _meetings(site: Site, stamp: dt.datetime) -> Iterator[Event]:
    for item in _planned(site):
        if item.meeting and item.meeting.at:
            level = disclosure.level_of_postmortem(site.repo, item)
            covered = [found for name in item.incidents if (found := site.repo.incident(name))]
            yield invitation.event(site.knowledge_base, item, covered, level, stamp)
        elif item.scheduled:
            names = ", ".join(item.incidents)
            yield _whole_day(site, "/".join(item.incidents), item.scheduled, f"Post-mortem {names}", stamp)


def _planned(site: Site) -> list[Postmortem]:
    """Return the post-mortems with a day ahead of them, and none that was held or skipped."""
    found = [entry.record for entry in site.repo.postmortems if entry.record]
    return [item for item in found if item.held is None and item.status in ("draft", "in-review")]


def _owed(site: Site, stamp: dt.datetime) -> Iterator[Event]:
    """Yield the last moment of each post-mortem that policy asks for and nobody has held."""
    for one in reviews.owed(site.repo, site.now):
        names = [item.id for item in one.incidents]
        event = calendars.event(site.knowledge_base, "reviews", f"owed/{'+'.join(names)}", stamp)
        event.add("dtstart", one.by.astimezone(dt.UTC))
        event.add("summary", f"Post-mortem {', '.join(names)} is due")
        event.add("categories", ["post-mortem", *names])
        yield event


def _playbooks(site: Site, addresses: Addresses, stamp: dt.datetime) -> Iterator[Event]:
    for entry in site.repo.playbooks:
        item = entry.record
        if item is None or item.review_due is None or item.status == "retired":
            continue
        said = f"Review the playbook: {item.title or item.id}"
        event = _whole_day(site, f"playbook/{item.id or entry.path}", item.review_due, said, stamp)
        if item.owner:
            event.add("description", f"Owner: {site.team(item.owner)}")
        if addresses.root:
            event.add("url", addresses.page(site.pages.sources[entry.path]))
        yield event


def _whole_day(site: Site, name: str, day: dt.date, said: str, stamp: dt.datetime) -> Event:
    event = calendars.event(site.knowledge_base, "reviews", name, stamp)
    event.add("dtstart", day)
    event.add("dtend", day + _DAY)
    event.add("summary", said)
    return event
