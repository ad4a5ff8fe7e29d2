"""An action item: what was promised after an incident, by whom, until when."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import itertools
from collections.abc import Iterator
from zoneinfo import ZoneInfo

from incidentbook.frozen import frozen
from incidentbook.records import recurrence as recurring
from incidentbook.records.time import end_of_day
from incidentbook.records.vocabulary import Disclosure


class ActionStatus(enum.StrEnum):
    """State of an action item. Proposed and cancelled ones bind nobody."""

    PROPOSED = "proposed"
    NOT_STARTED = "not-started"
    IN_PROGRESS = "in-progress"
    SCHEDULED = "scheduled"
    DONE = "done"
    VERIFIED = "verified"
    ACCEPTED_RISK = "accepted-risk"
    CANCELLED = "cancelled"

    @property
    def committed(self) -> bool:
        """Whether somebody is bound by it."""
        return self not in (ActionStatus.PROPOSED, ActionStatus.CANCELLED)

    @property
    def finished(self) -> bool:
        """Whether the work is done."""
        return self in (ActionStatus.DONE, ActionStatus.VERIFIED)

    @property
    def label(self) -> str:
        """How it is written for people: ``In progress``."""
        return self.value.replace("-", " ").capitalize()


@frozen
class ActionEvidence:
    """What shows that an item is done."""

    kind: str = ""
    ref: str = ""


@frozen
class Waiver:
    """A permission to be late, with its owner, reason and last day."""

    owner: str = ""
    reason: str = ""
    until: dt.date | None = None


@frozen
class Occurrence:
    """What became of one occurrence of a recurring item, which is called by its due day: it was done, or left out on purpose."""

    due: dt.date | None = None
    completed: dt.date | None = None
    evidence: tuple[ActionEvidence, ...] = ()
    reason: str = ""

    @property
    def settled(self) -> bool:
        """Whether nothing is owed any more."""
        return self.completed is not None or bool(self.reason)


@frozen
class ActionItem:
    """One action item of a post-mortem.

    Attributes:
        due: the last day on which it is in time; the first occurrence of one that comes round again.
        issue: the GitHub issue that stands for it, ``owner/repository#12``.

    """

    id: str = ""
    title: str = ""
    description: str = ""
    priority: str = ""
    kind: str = ""
    owner: str = ""
    due: dt.date | None = None
    status: ActionStatus | None = None
    recurrence: str = ""
    occurrences: tuple[Occurrence, ...] = ()
    factors: tuple[str, ...] = ()
    evidence: tuple[ActionEvidence, ...] = ()
    waiver: Waiver | None = None
    accepted_until: dt.date | None = None
    reason: str = ""
    completed: dt.date | None = None
    issue: str = ""
    disclosure: Disclosure | None = None

    @property
    def finished(self) -> bool:
        """Whether the work is done."""
        return self.status is not None and self.status.finished

    @property
    def is_open(self) -> bool:
        """Whether somebody is bound by it and has not finished."""
        return self.status is not None and self.status.committed and not self.status.finished

    @property
    def last_day(self) -> dt.date | None:
        """The day that it is held to: the due day, of several the first that is not settled, or the last of an accepted risk."""
        if self.status is ActionStatus.ACCEPTED_RISK:
            return self.accepted_until
        return next(self.open_days(), None) if self.recurrence else self.due

    def days(self) -> Iterator[dt.date]:
        """Yield its due day, or those of all its occurrences, of which a rule has at most `recurrence.MOST`."""
        if self.due is not None:
            yield from recurring.days(self.recurrence, self.due)

    def open_days(self) -> Iterator[dt.date]:
        """Yield the due days on which something is still owed, in their order."""
        settled = {one.due for one in self.occurrences if one.settled}
        return (day for day in self.days() if day not in settled)

    def late_days(self, now: dt.datetime, zone: ZoneInfo) -> tuple[dt.date, ...]:
        """Return the due days that have ended in ``zone`` at ``now`` and on which something is owed: one each is late."""
        if not self.late(now, zone):
            return ()
        if not self.recurrence or self.status is ActionStatus.ACCEPTED_RISK:
            return (self.last_day,) if self.last_day else ()
        return tuple(itertools.takewhile(lambda day: end_of_day(day, zone) <= now, self.open_days()))

    def turns(self, until: dt.date) -> tuple[ActionItem, ...]:
        """Return it as one item for each occurrence that is due by ``until``: done, cancelled, or as far as the whole is.

        One that does not come round again, or has come to its end as a whole, is itself.
        """
        if not self.recurrence or not self.is_open:
            return (self,)
        told = {one.due: one for one in self.occurrences if one.settled}
        return tuple(
            self._turn(day, told.get(day)) for day in itertools.takewhile(lambda day: day <= until, self.days())
        )

    def _turn(self, day: dt.date, told: Occurrence | None) -> ActionItem:
        once = dataclasses.replace(self, due=day, recurrence="", occurrences=())
        if told is None:
            return once
        status = ActionStatus.DONE if told.completed else ActionStatus.CANCELLED
        return dataclasses.replace(
            once, status=status, completed=told.completed, evidence=told.evidence, reason=told.reason
        )

    def late_from(self, zone: ZoneInfo) -> dt.datetime | None:
        """Return from when on it is late if it stays as it is: the end in ``zone`` of the day that it is held to.

        None where it never is: it binds nobody, is finished, or has no such day.
        """
        if not self.is_open or self.last_day is None:
            return None
        return end_of_day(self.last_day, zone)

    def overdue_from(self, zone: ZoneInfo) -> dt.datetime | None:
        """Return from when on it is late and no waiver holds, if it stays as it is; None where it never is."""
        late = self.late_from(zone)
        if late is None or self.waiver is None or self.waiver.until is None:
            return late
        return max(late, end_of_day(self.waiver.until, zone))

    def late(self, now: dt.datetime, zone: ZoneInfo) -> bool:
        """Whether a committed, unfinished item's due day (or accepted risk's last day) has ended in ``zone`` at ``now``."""
        since = self.late_from(zone)
        return since is not None and now >= since

    def waived(self, now: dt.datetime, zone: ZoneInfo) -> bool:
        """Whether a waiver holds at ``now``."""
        return self.waiver is not None and self.waiver.until is not None and now < end_of_day(self.waiver.until, zone)

    def overdue(self, now: dt.datetime, zone: ZoneInfo) -> bool:
        """Whether it is late and no waiver holds: what turns CI red."""
        return self.late(now, zone) and not self.waived(now, zone)
