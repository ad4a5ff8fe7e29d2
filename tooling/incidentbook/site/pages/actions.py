"""The action board: what is overdue, late with a waiver, due next, and what was finished."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from incidentbook.records.action_item import ActionStatus
from incidentbook.site import parts, promises, text
from incidentbook.site.context import Site
from incidentbook.site.page import Page
from incidentbook.site.promises import Promise

ORDER = 40
PATH = "actions.md"


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
    sections = [f"## {name}\n\n{promises.table(site, place, items)}" for name, items in groups.items() if items]
    yield Page(
        path=PATH,
        title="Action items",
        content=parts.join(
            "# Action items",
            f"What was promised after incidents, as it stands at {text.escape(site.when(site.now))}.",
            tiles,
            _owners(site, found),
            *sections,
        ),
        description=f"{overdue} overdue, {due} due, {done} finished action items from post-mortems.",
        hide=("navigation",),
        searchable=False,
    )


def _groups(found: list[Promise]) -> dict[str, list[Promise]]:
    groups: dict[str, list[Promise]] = {
        name: []
        for name in ("Overdue", "Late, with a waiver", "Due next", "Accepted risk", "Proposed", "Finished", "Cancelled")
    }
    for promise in found:
        groups[_group(promise)].append(promise)
    for name in ("Finished", "Cancelled"):
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


def _owners(site: Site, found: list[Promise]) -> str:
    """Return a table of what each team has open, the most burdened by lateness first."""
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
        ((text.escape(site.team(owner) or "nobody"), *(str(number) for number in count)) for owner, count in rows),
        "numbers",
    )
    return f"## By owner\n\n{shown}" if shown else ""
