"""Action items as pages show them: with the post-mortem that they come from, and how they stand at "now"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from incidentbook.frozen import frozen
from incidentbook.records.action_item import ActionItem
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import end_of_day
from incidentbook.site import markup, named, parts, text, wording
from incidentbook.site.context import Site
from incidentbook.site.links import Place

_HEADER = ("Item", "What", "Owner", "Due", "Priority", "Status")


@frozen
class Promise:
    """One action item. ``late`` and ``waived`` are at "now"; overdue is late without a waiver."""

    item: ActionItem
    incidents: tuple[str, ...]
    late: bool
    waived: bool

    @property
    def overdue(self) -> bool:
        """Whether it is what turns CI red."""
        return self.late and not self.waived

    @property
    def open(self) -> bool:
        """Whether somebody is bound by it and has not finished."""
        return self.item.is_open

    @property
    def order(self) -> tuple[dt.date, str]:
        """The most urgent first."""
        return self.item.last_day or dt.date.max, self.item.id


def of(site: Site, postmortem: Postmortem) -> list[Promise]:
    """Return the items of one post-mortem in their own order."""
    zone = site.repo.zone
    return [
        Promise(item, postmortem.incidents, item.late(site.now, zone), item.waived(site.now, zone))
        for item in postmortem.action_items
    ]


def everything(site: Site) -> Iterator[Promise]:
    """Yield the items of all post-mortems."""
    for entry in site.repo.postmortems:
        if entry.record:
            yield from of(site, entry.record)


def table(site: Site, place: Place, promises: Iterable[Promise]) -> str:
    """Return a table of items, finished where ``place`` is; each row of the board is the anchor that links elsewhere point to."""
    board = place.path == "actions.md"
    rows = (_row(site, place, promise, board=board) for promise in promises)
    return (markup.table if place.html else parts.table)(_HEADER, rows, "actions")


def progress(promises: Iterable[Promise]) -> str:
    """Say how many of the items that bind somebody are done; empty where none does."""
    states = [promise.item.status for promise in promises]
    bound = [state for state in states if state is not None and state.committed]
    return f"{sum(state.finished for state in bound)} of {len(bound)} done" if bound else ""


def _row(site: Site, place: Place, promise: Promise, *, board: bool) -> tuple[str, ...]:
    item = promise.item
    anchor = site.pages.actions.get(item.id, "") if board else ""
    name = f'<span id="{anchor}"></span>' if anchor else ""
    label = text.escape(item.id) or "no id"
    first = (
        place.postmortem(promise.incidents[0], label) if board and promise.incidents else place.action(item.id) or label
    )
    what = place.inline(item.title)
    if item.recurrence:
        what += f" {parts.chip('Recurring')}"
    return (
        name + first,
        what,
        named.team(site, place, item.owner),
        due(site, promise),
        text.escape(item.priority),
        state(promise),
    )


def due(site: Site, promise: Promise) -> str:
    """Say the due day, and how late or how soon it is."""
    last = promise.item.last_day
    if last is None:
        return ""
    if not promise.open:
        return f"{promise.item.completed or last}"
    left = (end_of_day(last, site.repo.zone) - site.now).total_seconds() / 86_400
    if promise.late:
        days = int(-left) + 1
        waiver = promise.item.waiver
        until = f"waived until {waiver.until}" if promise.waived and waiver else f"{wording.count(days, 'day')} late"
        return f"{last} {parts.chip(until, 'waived' if promise.waived else 'late')}"
    return f"{last}{' (today)' if left <= 1 else ''}"


def state(promise: Promise) -> str:
    """Return the chip of a status."""
    status = promise.item.status
    if status is None:
        return parts.chip("Unknown")
    kind = "over" if status.finished else "open" if promise.open else "void"
    return parts.chip(status.label, kind)
