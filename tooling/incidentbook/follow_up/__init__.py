"""Follow-through in other places than the repository: what a team is reminded of, by mail, in a channel or in a calendar."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from incidentbook.records.action_item import ActionItem, ActionStatus
from incidentbook.terminal_text import clean

MEND = "Finish it, move the day with its owner, or ask for a waiver."
_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>#|~"})


class Promise(NamedTuple):
    """An action item with the incidents that it came from."""

    item: ActionItem
    incidents: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether somebody is bound by it and has not finished."""
        return self.item.is_open

    @property
    def risk(self) -> bool:
        """Whether it is left undone on purpose until a day."""
        return self.item.status is ActionStatus.ACCEPTED_RISK

    @property
    def order(self) -> tuple[dt.date, str]:
        """The most urgent first."""
        return self.item.last_day or dt.date.max, self.item.id


def plain(text: str) -> str:
    """Return ``text`` on one line, of which Markdown makes nothing: what people wrote in titles stays text."""
    return clean(text).translate(_SIGNS)
