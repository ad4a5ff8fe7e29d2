"""An action item: what was promised after an incident, by whom, until when."""

from __future__ import annotations

import datetime as dt
import enum
from zoneinfo import ZoneInfo

from incidentbook.frozen import frozen
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
class ActionItem:
    """One action item of a post-mortem."""

    id: str = ""
    title: str = ""
    description: str = ""
    priority: str = ""
    kind: str = ""
    owner: str = ""
    due: dt.date | None = None
    status: ActionStatus | None = None
    recurrence: str = ""
    factors: tuple[str, ...] = ()
    evidence: tuple[ActionEvidence, ...] = ()
    waiver: Waiver | None = None
    accepted_until: dt.date | None = None
    reason: str = ""
    completed: dt.date | None = None
    disclosure: Disclosure | None = None

    @property
    def last_day(self) -> dt.date | None:
        """The day that it is held to: the due day, or the last day of an accepted risk."""
        return self.accepted_until if self.status is ActionStatus.ACCEPTED_RISK else self.due

    def late_from(self, zone: ZoneInfo) -> dt.datetime | None:
        """Return from when on it is late if it stays as it is: the end in ``zone`` of the day that it is held to.

        None where it never is: it binds nobody, is finished, or has no such day.
        """
        if self.status is None or not self.status.committed or self.status.finished or self.last_day is None:
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
