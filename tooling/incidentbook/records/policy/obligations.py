"""``policy/obligations.yml``: the reporting clocks of laws and contracts, as data."""

from __future__ import annotations

import datetime as dt

from incidentbook.frozen import frozen


@frozen
class Limit:
    """A second limit: ``within`` so long after an event or the sending of another submission."""

    within: str = ""
    after: str = ""


@frozen
class Submission:
    """One thing that is due.

    Attributes:
        within: a number and s, m, h, d or mo (calendar months), or ``without-undue-delay``.
        calendar: elapsed, calendar-days or business-days (of ``place``).
        after: the event, or the submission whose sending, starts this clock; the obligation's ``starts_at`` where it is empty.
        at_most: the earlier of both limits holds.
        when: the case in which it is due, in words; always where it is empty.

    """

    id: str = ""
    name: str = ""
    within: str = ""
    calendar: str = "elapsed"
    place: str = ""
    after: str = ""
    at_most: Limit | None = None
    when: str = ""
    to: str = ""


@frozen
class Obligation:
    """One duty to report. It binds from ``effective_from`` on where it is in force, and never while it is proposed."""

    id: str = ""
    regime: str = ""
    article: str = ""
    title: str = ""
    starts_at: str = ""
    due: tuple[Submission, ...] = ()
    status: str = "in-force"
    effective_from: dt.date | None = None
    source: str = ""
    notes: str = ""

    def binds(self, day: dt.date) -> bool:
        """Whether it is in force on ``day``."""
        return self.status == "in-force" and self.effective_from is not None and day >= self.effective_from


@frozen
class Obligations:
    """The catalogue."""

    effective_from: dt.date | None = None
    obligations: tuple[Obligation, ...] = ()
