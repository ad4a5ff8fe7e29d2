"""``policy/rotation.yml``: which team holds which role, in turn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from incidentbook.frozen import frozen
from incidentbook.records.time import Moment

FOLLOW_THE_SUN = "follow-the-sun"
_MOST = 366


@frozen
class Rotation:
    """One role that goes round.

    Attributes:
        type: daily, weekly, monthly or follow-the-sun.
        every: how many days, weeks or months a turn lasts; a day that teams share is always one day.
        start: when the first team's first turn begins; the time of day is that of every hand-over.
        zone: on whose clocks hand-overs keep their time; the knowledge base's where it is empty.
        hours: of follow-the-sun, which part of the day is whose (``06:00-14:00``); equal parts where it is empty.
        place: whose holidays count; only those of everywhere where it is empty.
        on_holidays: the team that takes the role on a holiday; empty where turns go on.
        handover: what the one who leaves tells the one who comes.

    """

    id: str = ""
    role: str = ""
    teams: tuple[str, ...] = ()
    type: str = "weekly"
    every: int = 1
    start: Moment | None = None
    zone: str = ""
    hours: Mapping[str, str] = field(default_factory=dict)
    place: str = ""
    on_holidays: str = ""
    handover: str = ""

    @property
    def length(self) -> int:
        """Days, weeks or months of a turn: `every`, and 1 where that is beyond all sense (the checker says so)."""
        return self.every if 1 <= self.every <= _MOST else 1

    def zone_or(self, zone: ZoneInfo) -> ZoneInfo:
        """Return the zone of its hand-overs; ``zone``, the knowledge base's, where it names none that exists."""
        try:
            return ZoneInfo(self.zone) if self.zone else zone
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return zone


@frozen
class Override:
    """A turn, or part of one, that another team takes."""

    rotation: str = ""
    team: str = ""
    from_: Moment | None = None
    to: Moment | None = None
    reason: str = ""


@frozen
class Holiday:
    """A day off: everywhere, or at one place (``US``, ``DE-HH``)."""

    date: dt.date | None = None
    name: str = ""
    place: str = ""

    def holds_at(self, place: str) -> bool:
        """Whether it is one at ``place``: a country's holiday is one of its regions, too."""
        return not self.place or place == self.place or place.startswith(f"{self.place}-")


@frozen
class RotationPolicy:
    """All rotations, with what interrupts them."""

    effective_from: dt.date | None = None
    rotations: tuple[Rotation, ...] = ()
    overrides: tuple[Override, ...] = ()
    holidays: tuple[Holiday, ...] = ()

    def of_role(self, role: str) -> tuple[Rotation, ...]:
        """Return the rotations of a role in the order of the file."""
        return tuple(rotation for rotation in self.rotations if rotation.role == role)
