"""The action board: what is overdue, late with a waiver, due next, and what was finished."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from incidentbook import periods
from incidentbook.records.action_item import ActionStatus
from incidentbook.site import bars, feeds, markup, parts, pictures, promises, subscribe, text
from incidentbook.site.context import Site
from incidentbook.site.links import Place
from incidentbook.site.page import Page
from incidentbook.site.promises import Promise

ORDER = 40
PATH = "actions.md"
_OVER = ("Finished", "Cancelled")
_FOLDED = 10
_MONTHS = 6  # that the promises are followed into the future


def render(site: Site) -> Iterator[Page]:
    """Yield the board."""
    place = site.at(PATH)
    found = sorted(promises.everything(site), key=lambda item: item.order)
    groups = _groups(found)
    overdue, waived, due = len(groups["Overdue"]), len(groups["Late, with a waiver"]), len(groups["Due next"])
    done = len(groups["Finished"])
    tiles = parts.tiles(
        (
            parts.tile(f"{overdue:,}", "Overdue", "due day over, no waiver", "bad" if overdue else "good"),
            parts.tile(f"{waived:,}", "Late, with a waiver", "each has a reason and a last day"),
            parts.tile(f"{due:,}", "Due next", "committed, not finished"),
            parts.tile(f"{done:,}", "Finished", "done, or verified too"),
        )
    )
    sections = [_section(site, name, items) for name, items in groups.items() if items]
    yield Page(
        path=PATH,
        title="Action items",
        says=parts.join(
            "# Action items",
            f"What was promised after incidents, as it stands at {text.escape(site.when(site.now))}. "
            f"{place.to('calendar.md', 'The calendar')} has it by day.",
            subscribe.line(place, feeds.CALENDAR, "feeds/actions.ics"),
            tiles if found else "No action item is on record yet. They stand in post-mortems.",
            _burndown(site, place, found),
            _owners(site, found),
            *sections,
        ),
        description=f"{overdue} overdue, {due} due, {done} finished action items from post-mortems.",
        hide=("navigation",),
        searchable=False,
    )


def _section(site: Site, name: str, items: list[Promise]) -> str:
    """Return a group with its rows; those that ask nothing of anybody any more are folded where they are many."""
    rows = promises.table(site, site.at(PATH).finished, items)
    if name in _OVER and len(items) > _FOLDED:
        rows = markup.details(f"All {len(items):,}", rows)
    return markup.part(name, rows)


def _groups(found: list[Promise]) -> dict[str, list[Promise]]:
    groups: dict[str, list[Promise]] = {
        name: []
        for name in ("Overdue", "Late, with a waiver", "Due next", "Accepted risk", "Proposed", "Finished", "Cancelled")
    }
    for promise in found:
        groups[_group(promise)].append(promise)
    for name in _OVER:
        groups[name].reverse()
    return groups


def _group(promise: Promise) -> str:
    status = promise.item.status
    if promise.overdue:
        return "Overdue"
    if promise.late:
        return "Late, with a waiver"
    if status is ActionStatus.ACCEPTED_RISK:
        return "Accepted risk"
    if promise.open:
        return "Due next"
    if status is None or status is ActionStatus.PROPOSED:
        return "Proposed"
    return "Finished" if status.finished else "Cancelled"


def _burndown(site: Site, place: Place, found: list[Promise]) -> str:
    """Return how many were open month by month, as Git had them, and what will be left if every day is kept."""
    told = pictures.charts_of(site, "action-items")[0]
    past = "\n\n".join(list(pictures.chart(site, place, told))[1:]) if not told.refused else ""
    ahead = _ahead(site, found)
    why = f"How many were open in the past is not told: {text.escape(told.refused)}." if told.refused and ahead else ""
    return parts.join("## Burn-down", past, ahead, parts.note(why) if why else "").rstrip("\n") if past or ahead else ""


def _ahead(site: Site, found: list[Promise]) -> str:
    """Return what is open now and at the end of each of the next months, if whoever promised keeps the day."""
    still = [one for one in found if one.open]
    if not still:
        return ""
    month = periods.month_of(site.now, site.repo.zone)
    counts = [("now", len(still))]
    for _ in range(_MONTHS):
        last = (month.end.astimezone(site.repo.zone) - dt.timedelta.resolution).date()
        counts.append((month.label, sum(1 for one in still if one.item.last_day is None or one.item.last_day > last)))
        month = periods.month_of(month.end, site.repo.zone)
    label, left = counts[-1]
    are = "is" if left == 1 else "are"
    said = f"If every day is kept, of {len(still)} open promises {left} {are} left at the end of {label}."
    rows = [(text.escape(name, begins=False), f"{count:,}") for name, count in counts]
    table = markup.details(
        "The values as a table", markup.table(("At the end of", "Open"), rows, "values", headed=True)
    )
    return f'<figure class="ib-trend">{bars.columns(counts, said)}<figcaption>{said}</figcaption></figure>\n\n{table}'


def _owners(site: Site, found: list[Promise]) -> str:
    """Return a table of what each team has open, the most burdened by lateness first."""
    place = site.at(PATH)
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for promise in found:
        status = promise.item.status
        if status is not None and status.committed:
            count = counts[promise.item.owner]
            count[0] += promise.late
            count[1] += promise.open
            count[2] += status.finished
    rows = sorted(counts.items(), key=lambda pair: (-pair[1][0], -pair[1][1], pair[0]))
    shown = parts.table(
        ("Owner", "Late", "Open", "Finished"),
        (
            (place.team(owner, text.escape(site.team(owner) or "nobody")), *(str(number) for number in count))
            for owner, count in rows
        ),
        "numbers",
    )
    return f"## By owner\n\n{shown}" if shown else ""
