"""Finish, or plan anew, what a team is late with.

What calls for it: committed action items whose due day is over at "now" and that no waiver covers, by the team that owns them,
whatever the window. The incidents are those of their post-mortems.

Silent when: nothing is overdue.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from incidentbook.recommendations._asked import Asked
from incidentbook.recommendations._model import Advice, Kind, Reason
from incidentbook.records.action_item import ActionItem
from incidentbook.repository import id_key

KIND = Kind.PROCESS
WHAT = "Finish overdue action items, or plan them anew"


def look(asked: Asked) -> Iterator[Advice]:
    """Yield one for each team that is late."""
    unfinished: dict[str, int] = defaultdict(int)
    late: dict[str, list[tuple[ActionItem, tuple[str, ...]]]] = defaultdict(list)
    for entry, _, item in asked.repo.action_items():
        if not item.is_open:
            continue
        unfinished[item.owner] += 1
        known = tuple(name for name in (entry.record.incidents if entry.record else ()) if asked.repo.incident(name))
        if known and item.overdue(asked.now, asked.zone):
            late[item.owner].append((item, known))
    today = asked.now.astimezone(asked.zone).date()
    for owner, found in late.items():
        name = asked.name(owner) if owner else "no team"
        days = max((today - item.last_day).days for item, _ in found if item.last_day is not None)
        text = f"{len(found)} of {unfinished[owner]} open action items of {name} are overdue, the oldest by {days} days"
        incidents = tuple(sorted({one for _, known in found for one in known}, key=id_key))
        also = tuple(sorted((item.id for item, _ in found if item.id), key=id_key))
        yield Advice((Reason(text, incidents, also=also),), f"{WHAT}: {name}", owner or "no-owner")
