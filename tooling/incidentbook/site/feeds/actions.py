"""Due days of action items as a calendar: the one that ``inc actions calendar`` writes."""

from __future__ import annotations

import datetime as dt

from incidentbook.follow_up import Promise, calendar
from incidentbook.site.addresses import Addresses
from incidentbook.site.context import Site
from incidentbook.site.feeds import CALENDAR, _facts

ORDER = 40
PATH, TITLE, MEDIA = "feeds/actions.ics", "Action items", CALENDAR
_AHEAD = dt.timedelta(weeks=52)


def render(site: Site, addresses: Addresses) -> str:
    """Return the calendar with what is owed now, and the occurrences of recurring items for a year ahead."""
    del addresses
    promises = [
        Promise(item, entry.record.incidents if entry.record else ()) for entry, _, item in site.repo.action_items()
    ]
    until = site.today + _AHEAD
    return calendar.feed(site.knowledge_base, promises, until, _facts.newest(site))
