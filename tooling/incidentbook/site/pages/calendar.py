"""The calendar: due days, reviews, post-mortems and drills, a table for each month; a phone shows the days that hold any."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from incidentbook.site import feeds, owed, parts, subscribe, wording
from incidentbook.site.context import Site
from incidentbook.site.owed import Owed
from incidentbook.site.page import Page

ORDER = 41
PATH = "calendar.md"
PARENT = "actions.md"
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = 3  # as tables; what falls due later is a list


def render(site: Site) -> Iterator[Page]:
    """Yield the one page."""
    place = site.at(PATH)
    today = site.today
    found = owed.everything(site, place)
    before = [one for one in found if one.day < today.replace(day=1)]
    ahead = [one for one in found if one.day >= today]
    months = _months(today)
    later = [one for one in found if (one.day.year, one.day.month) > months[-1]]
    by_day: dict[dt.date, list[Owed]] = defaultdict(list)
    for one in found:
        by_day[one.day].append(one)
    tables = "\n".join(_month(year, month, by_day, today) for year, month in months)
    late = (
        f"## From before this month\n\n{parts.bullets(f'{one.day}: {_said(one)}' for one in before)}" if before else ""
    )
    said = f"{wording.count(len(ahead), 'thing')} from today on" if ahead else "Nothing falls due from today on"
    back = place.to("actions.md", "The action board")
    yield Page(
        path=PATH,
        title="Calendar",
        says=parts.join(
            "# Calendar",
            f"{said}: promises, post-mortems, reviews of playbooks and drills. {back} has them by state and owner.",
            subscribe.line(place, feeds.CALENDAR),
            late,
            f'<div class="ib-calendar">\n{tables}\n</div>',
            f"## Later\n\n{parts.bullets(f'{one.day}: {_said(one)}' for one in later)}" if later else "",
        ),
        description="Due days of action items, post-mortems that are owed, reviews of playbooks and drills, month by month.",
        parent=PARENT,
        hide=("navigation", "toc"),
        searchable=False,
    )


def _months(today: dt.date) -> list[tuple[int, int]]:
    """Return this month and those that follow."""
    first = today.year * 12 + today.month - 1
    return [(place // 12, place % 12 + 1) for place in range(first, first + _MONTHS)]


def _month(year: int, month: int, by_day: Mapping[dt.date, Sequence[Owed]], today: dt.date) -> str:
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    head = "".join(f'<th scope="col"><abbr title="{name}">{name[:3]}</abbr></th>' for name in _WEEK)
    rows = "\n".join(f"<tr>{''.join(_day(day, month, by_day, today) for day in week)}</tr>" for week in weeks)
    name = f"{calendar.month_name[month]} {year}"
    none = not any((day.year, day.month) == (year, month) for day in by_day)
    empty = '<p class="ib-month__empty">Nothing falls due.</p>\n' if none else ""
    return (
        f'<table class="ib-month"><caption>{name}</caption>\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody></table>\n{empty}"
    )


def _day(day: dt.date, month: int, by_day: Mapping[dt.date, Sequence[Owed]], today: dt.date) -> str:
    if day.month != month:
        return '<td class="ib-day ib-day--outside"></td>'
    items = by_day.get(day, ())
    kind = "ib-day" + ("" if items else " ib-day--empty") + (" ib-day--today" if day == today else "")
    around = f"<span>{_WEEK[day.weekday()][:3]} </span>", f"<span> {calendar.month_abbr[day.month]}</span>"
    name = f'<time datetime="{day}">{around[0]}{day.day}{around[1]}</time>'
    listed = "".join(f'<li class="ib-owed ib-owed--{one.kind}">{_said(one)}</li>' for one in items)
    return f'<td class="{kind}">{name}{f"<ul>{listed}</ul>" if listed else ""}</td>'


def _said(one: Owed) -> str:
    return f'<span class="ib-owed__label">{one.label}</span> {one.said}'
