"""Rows of ``inc actions``: items with their place, chosen, ordered and grouped; as data for programs, and as findings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from incidentbook.chronicle.lives import ActionLife
from incidentbook.cli._past import Known
from incidentbook.entry import Entry
from incidentbook.finding import Finding, Grade
from incidentbook.frozen import frozen
from incidentbook.records.action_item import ActionItem, ActionStatus
from incidentbook.records.policy.factors import Factors
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import short, utc_text
from incidentbook.records.vocabulary import Severity
from incidentbook.repository import Repository, id_key
from incidentbook.span import Span

if TYPE_CHECKING:
    from incidentbook.metrics.repeats import Again
    from incidentbook.outputs import actions_list, common

PRIORITIES = ("high", "medium", "low")
GROUPS = ("owner", "priority", "severity", "factor")
SEVERAL = 2


@frozen
class Row:
    """An action item with the place that it stands in.

    ``behind`` says how many due days are late, ``severity`` is the worst, ``again`` tells of what came back after it was done.
    """

    entry: Entry[Postmortem]
    index: int
    item: ActionItem
    late: bool
    waived: bool
    behind: int = 0
    severity: Severity | None = None
    life: ActionLife | None = None
    again: Again | None = None

    def plain(self) -> common.Item:
        """Return it for JSON."""
        item = self.item
        span = self.entry.document.span(("action_items", self.index))
        plain: common.Item = {
            "id": item.id,
            "title": item.title,
            "incidents": list(self.entry.record.incidents) if self.entry.record else [],
            "priority": item.priority,
            "severity": self.severity.value if self.severity else None,
            "factors": list(item.factors),
            "owner": item.owner,
            "due": item.due.isoformat() if item.due else None,
            "status": item.status.value if item.status else None,
            "late": self.late,
            "waived_until": item.waiver.until.isoformat()
            if self.waived and item.waiver and item.waiver.until
            else None,
            "overdue": self.late and not self.waived,
            "path": self.entry.path,
            "line": span.line,
        }
        if item.recurrence:
            plain |= {"occurrence": _day(item.last_day), "occurrences_late": self.behind}
        if self.again:
            plain |= {"came_back": self.again.incidents}
        return plain

    def aged(self, known: Known) -> actions_list.Aged:
        """Return it for JSON with what Git says of its past; None for what was never committed, or does not apply."""
        life = self.life if not known.standing else None
        return {
            **self.plain(),
            "created": utc_text(life.created) if life and life.created else None,
            "status_since": utc_text(life.status_since) if life and not life.at_least else None,
            "status_age_seconds": self._age(known),
            "status_age_at_least": life.at_least if life else None,
            "reopened": len(life.reopened) if life else None,
            "due_moved": life.due_moved if life else None,
        }

    def age(self, known: Known) -> str:
        """Say since when it has had its status."""
        seconds = self._age(known)
        if seconds is not None:
            return f"for {'at least ' if self.life and self.life.at_least else ''}{short(seconds)}"
        return "" if known.standing else "not committed yet"

    def _age(self, known: Known) -> int | None:
        life = self.life
        if known.standing or life is None or life.last.status is not self.item.status:
            return None
        age = int((known.now - life.status_since).total_seconds())
        return age if age >= 0 else None


def urgency(row: Row) -> tuple[Any, ...]:
    """Late ones first, then by due day."""
    return (not row.late, row.waived, row.item.last_day or dt.date.max, id_key(row.item.id))


SORTS: dict[str, Callable[[Row], Any]] = {
    "urgency": urgency,
    "due": lambda row: (row.item.last_day or dt.date.max, id_key(row.item.id)),
    "priority": lambda row: (_place(row.item.priority, PRIORITIES), urgency(row)),
    "severity": lambda row: (_place(row.severity, [*Severity]), urgency(row)),
    "owner": lambda row: (row.item.owner or "~", urgency(row)),
    "id": lambda row: id_key(row.item.id),
}


def _place(word: str | None, order: Sequence[str]) -> int:
    return order.index(word) if word in order else len(order)


def groups(repo: Repository, rows: Iterable[Row], by: str) -> Iterator[tuple[str, list[Row]]]:
    """Yield the groups of ``rows`` by one of `GROUPS`, with their names; an item is in those of all its factors."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        for key in keys(row, by):
            found.setdefault(key, []).append(row)
    orders: dict[str, Sequence[str]] = {"priority": PRIORITIES, "severity": [*Severity]}
    for key in sorted(found, key=lambda key: (not key, _place(key, orders.get(by, ())), key)):
        yield (_name(repo, by, key) if key else f"no {by}"), found[key]


def keys(row: Row, by: str) -> tuple[str, ...]:
    """Return the groups that a row is in; an empty one where it names none."""
    match by:
        case "owner":
            return (row.item.owner,)
        case "priority":
            return (row.item.priority,)
        case "severity":
            return (row.severity.value if row.severity else "",)
        case _:
            return tuple(dict.fromkeys(row.item.factors)) or ("",)


def _name(repo: Repository, by: str, key: str) -> str:
    match by:
        case "owner":
            return repo.knowledge_base.team_name(key)
        case "severity":
            return Severity(key).label
        case "factor":
            return repo.policy(Factors).name(key)
        case _:
            return f"priority {key}"


def rows_of(repo: Repository, now: dt.datetime, lives: Mapping[str, ActionLife] = MappingProxyType({})) -> list[Row]:
    """Return every item, late ones first, then by due day; where its life tells of later changes, with the status of then."""
    zone, rows = repo.zone, []
    for entry, index, item in repo.action_items():
        life = lives.get(item.id)
        then = life.until(now) if life else None
        told = replace(item, status=then.last.status) if then and then is not life and then.last.facts else item
        late, waived, behind = told.late(now, zone), told.waived(now, zone), len(told.late_days(now, zone))
        rows.append(Row(entry, index, told, late, waived, behind, _worst(repo, entry.record), then))
    return sorted(rows, key=urgency)


def _worst(repo: Repository, postmortem: Postmortem | None) -> Severity | None:
    """Return the worst severity of the incidents that a post-mortem covers."""
    known = [found.severity for found in map(repo.incident, postmortem.incidents if postmortem else ()) if found]
    return min((severity for severity in known if severity), key=[*Severity].index, default=None)


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def span(row: Row) -> Span:
    """Return where the day stands that it is held to."""
    key = "accepted_until" if row.item.status is ActionStatus.ACCEPTED_RISK else "due"
    return row.entry.document.span(("action_items", row.index, key))


def finding(row: Row) -> Finding:
    item = row.item
    behind = f" and {row.behind - 1} more times since" if row.behind >= SEVERAL else ""
    due = f"was due on {item.last_day}{behind}" if item.last_day else "has no due day that can be read"
    return Finding(
        code="IB601",
        rule="overdue",
        path=row.entry.path,
        span=span(row),
        message=f"{item.id} {due}: {item.title} ({item.owner})",
        hint="Finish it, move the due date with the owner, or add a waiver with a reason."
        if item.last_day
        else "Give it a day such as 2025-01-31.",
        grade=Grade.ERROR,
    )
