"""A knowledge base without hindsight: as its records tell it, less what had not come to pass at some instant.

What has a time is taken at its word; what has none stays. Which words were in the files at that instant, only Git knows: that
is ``--rev``. So a figure "as of" an instant counts an incident as open that was resolved later, and an action item as not done
that was done later.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from incidentbook.entry import Entry
from incidentbook.memo import FORGETFUL, Memo, remembered
from incidentbook.records import dated
from incidentbook.records.action_item import ActionItem, ActionStatus
from incidentbook.records.incident import Incident
from incidentbook.records.postmortem import Postmortem
from incidentbook.records.time import UTC, Moment, parse_date, parse_time
from incidentbook.records.vocabulary import Severity, Status
from incidentbook.repository import Repository

R = TypeVar("R")
_REACHED = {name: Status(name) for name in ("declared", "identified", "mitigated", "resolved", "closed")}
_NOTICED = ("detected", "declared", "acknowledged")
_ASIDE = (Status.CANCELLED, Status.MERGED)


def until(repo: Repository, now: dt.datetime, memo: Memo = FORGETFUL) -> Repository:
    """Return the knowledge base as it can have been known at ``now``; the same one where nothing in it is later.

    - An incident that nobody had noticed is not there: it was detected, declared and acknowledged later, or started later where
      a record says none of these. Nor is a post-mortem all of whose days, or all of whose incidents, are later;
      one without a day is later than the end of its incidents.
    - Milestones, transitions, timeline entries, messages and changes of a later time are not there; a role or a phase that
      ends later has no end. The status is that of the last change before, and so is the severity: before any change of it, it
      is the first that the incident was given.
    - An action item that was completed on a later day is in progress, and an occurrence of one is still owed.

    What is the last time in the same files is looked up in ``memo``.
    """
    if repo.until is not None and repo.until <= now:
        return repo
    cut = _Cut(now, repo.zone)
    if repo.content and not any(cut.is_later(text) for text in _last(repo, memo)):
        repo.until = now
        return repo
    incidents = [entry if cut.is_plain(entry) else cut.entry(entry, cut.incident) for entry in repo.incidents]
    told = [entry for entry in incidents if entry is not None]
    shortened = [(old, new) for old, new in zip(repo.incidents, incidents, strict=True) if new is not old]
    gone = {old.record.id for old, new in shortened if old.record and new is None}
    going_on = {old.record.id for old, new in shortened if old.record and new and _went_on(old.record, new.record)}
    postmortems = [
        entry
        if cut.is_plain(entry) and not (gone or going_on)
        else cut.entry(entry, lambda it: cut.postmortem(it, gone, going_on))
        for entry in repo.postmortems
    ]
    written = [entry for entry in postmortems if entry is not None]
    if told == repo.incidents and written == repo.postmortems:
        repo.until = now
        return repo
    found = repo.with_records(told, written, repo.playbooks)
    found.until = now
    found.content = f"{repo.content} until {now.astimezone(UTC).isoformat()}" if repo.content else ""
    return found


def look(repo: Repository, now: dt.datetime) -> None:
    """Note where nothing in the files of a knowledge base is later than ``now``, so that it holds of every view of it."""
    read: list[Entry[Any]] = [*repo.incidents, *repo.postmortems]
    if all(map(_Cut(now, repo.zone).is_plain, read)):
        repo.until = now


def asked(repo: Repository, as_of: dt.datetime | None) -> tuple[Repository, dt.datetime]:
    """Return the knowledge base as it can have been known at ``as_of``, and that instant: what is asked of records, not figures.

    Where nobody asks for another "now", all that is written stays: a record with a wrong time has to be found.
    """
    now = repo.now(as_of)
    return (repo if as_of is None else until(repo, now)), now


class _Cut:
    """Takes what is later than an instant out of records; days begin and end in a zone."""

    def __init__(self, now: dt.datetime, zone: ZoneInfo) -> None:
        self.now, self._zone = now, zone
        self._today = now.astimezone(zone).date()
        self._surely_before = (now.astimezone(UTC) - dt.timedelta(days=1)).date().isoformat()  # in any zone

    def is_plain(self, entry: Entry[Any]) -> bool:
        """Whether nothing in a file is later, told without making a record of it."""
        if entry.known is not None and entry.known()["last"] < self._surely_before:
            return True
        return isinstance(entry.facts, Mapping) and not any(self.is_later(text) for text in dated.times(entry.facts))

    def is_later(self, text: str) -> bool:
        """Whether a text as it stands in a file is a later time, or a later day."""
        if text[: dated.DAY] < self._surely_before:
            return False
        day, time = parse_date(text), parse_time(text)
        return day > self._today if day else time is not None and time > self.now

    def entry(self, entry: Entry[R], shorten: Any) -> Entry[R] | None:
        """Return the entry with its record shortened; None where nothing is left, the same one where it is as it was."""
        if entry.record is None:
            return entry
        record = shorten(entry.record)
        return entry if record is entry.record else entry.saying(record) if record is not None else None

    def incident(self, incident: Incident) -> Incident | None:
        """Return an incident without what is later; None where all of it is."""
        milestones = {name: moment for name, moment in incident.milestones.items() if moment.at <= self.now}
        if not _noticed(incident, self.now) or (incident.milestones and not milestones):
            return None
        short: Incident = self._shortened(incident)
        seen = incident.provenance.last_seen if incident.provenance else None
        provenance = incident.provenance
        if provenance is not None and seen is not None and seen.at > self.now:
            provenance = dataclasses.replace(provenance, last_seen=Moment.of(self.now))
        fewer = len(milestones) < len(incident.milestones) or provenance is not incident.provenance
        if short is incident and not fewer:
            return incident
        short = dataclasses.replace(short, milestones=milestones, provenance=provenance)
        short = dataclasses.replace(short, status=_status(incident, short), severity=_severity(incident, short))
        resolved_since = short.is_open and not incident.is_open
        return dataclasses.replace(short, resolution="") if resolved_since else short

    def postmortem(self, postmortem: Postmortem, gone: set[str], going_on: set[str]) -> Postmortem | None:
        """Return a post-mortem without what is later; ``gone`` are incidents not there yet, ``going_on`` those not over yet."""
        held, published = self._past(postmortem.held), self._past(postmortem.published)
        if (postmortem.held or postmortem.published) and not (held or published):
            return None
        if postmortem.incidents and (gone if held or published else gone | going_on).issuperset(postmortem.incidents):
            return None
        items = tuple(self._item(item) for item in postmortem.action_items)
        if (held, published, items) == (postmortem.held, postmortem.published, postmortem.action_items):
            return postmortem
        status = "in-review" if postmortem.status == "published" and not published else postmortem.status
        return dataclasses.replace(postmortem, held=held, published=published, status=status, action_items=items)

    def _past(self, day: dt.date | None) -> dt.date | None:
        return day if day is not None and day <= self._today else None

    def _item(self, item: ActionItem) -> ActionItem:
        told = tuple(one for one in item.occurrences if one.completed == self._past(one.completed))
        if len(told) < len(item.occurrences):
            item = dataclasses.replace(item, occurrences=told)
        if item.completed == self._past(item.completed):
            return item
        finished = item.status is not None and item.status.finished
        return dataclasses.replace(item, completed=None, status=ActionStatus.IN_PROGRESS if finished else item.status)

    def _shortened(self, record: Any) -> Any:
        """Return ``record`` without entries, at any depth, that begin later; what ends later has no end."""
        changes: dict[str, Any] = {}
        for field in dataclasses.fields(record):
            value = getattr(record, field.name)
            if isinstance(value, tuple):
                kept = tuple(self._entry(item) for item in value if not self._begins_later(item))
                if len(kept) < len(value) or any(new is not old for new, old in zip(kept, value, strict=True)):
                    changes[field.name] = kept
            elif dataclasses.is_dataclass(value) and not isinstance(value, Moment):
                inner = self._shortened(value)
                if inner is not value:
                    changes[field.name] = inner
        return dataclasses.replace(record, **changes) if changes else record

    def _entry(self, item: Any) -> Any:
        end = getattr(item, "to", None)
        return dataclasses.replace(item, to=None) if isinstance(end, Moment) and end.at > self.now else item

    def _begins_later(self, item: Any) -> bool:
        begin = getattr(item, "from_", None) or getattr(item, "at", None)
        return isinstance(begin, Moment) and begin.at > self.now


def _last(repo: Repository, memo: Memo) -> list[str]:
    """Return the last times in a knowledge base's files, and the last day of what has been, as they are written."""

    def find() -> list[str]:
        read: list[Entry[Any]] = [*repo.incidents, *repo.postmortems]
        said = [text for entry in read for text in dated.times(entry.facts)]
        last = max((text[: dated.DAY] for text in said), default="")
        day = parse_date(last)
        near = (
            (day - dt.timedelta(days=2)).isoformat() if day else ""
        )  # what is written with another offset may be later
        return sorted({text for text in said if text[: dated.DAY] >= near})

    found: list[str] = remembered(memo, "last times 1", [repo.content], find)
    return found


def _status(whole: Incident, short: Incident) -> Status | None:
    """Return the status of an incident without what was later: the last that a transition or a milestone says it had reached."""
    if len(short.transitions) == len(whole.transitions) and len(short.milestones) == len(whole.milestones):
        return whole.status
    if whole.status in _ASIDE and not whole.transitions:
        return whole.status
    reached = next((name for name in reversed(_REACHED) if name in short.milestones), "")
    if len(short.transitions) < len(whole.transitions) and short.transitions:
        last = short.transitions[-1]
        over = last.to is not None and not last.to.is_open
        if over or not reached or last.at is None or short.milestones[reached].at <= last.at.at:
            return last.to  # else a later milestone says more: not every change needs to be a transition
    return _REACHED.get(reached, Status.DECLARED)


def _noticed(incident: Incident, now: dt.datetime) -> bool:
    """Whether an incident was known at an instant: noticed by then, or, where nothing says when it was noticed, started."""
    moments = [moment.at for moment in map(incident.milestone, _NOTICED) if moment]
    return (incident.started or now) <= now and (not moments or min(moments) <= now)


def _went_on(whole: Incident, short: Incident | None) -> bool:
    """Whether an incident that was over at some time had not been over before what was later."""
    return _ends(whole) and short is not None and not _ends(short)


def _ends(incident: Incident) -> bool:
    """Whether a record says when its incident was over, even if it was opened again."""
    reached = {*incident.milestones, *(change.to.value for change in incident.transitions if change.to)}
    return not reached.isdisjoint(("resolved", "closed"))


def _severity(whole: Incident, short: Incident) -> Severity | None:
    """Return the severity of an incident without what was later: that of the last change, or where all were later the first."""
    if len(short.severity_history) == len(whole.severity_history):
        return whole.severity
    oldest = dt.datetime.min.replace(tzinfo=dt.UTC)
    in_time = sorted(
        short.severity_history or whole.severity_history, key=lambda change: change.at.at if change.at else oldest
    )
    return in_time[-1 if short.severity_history else 0].to or whole.severity
