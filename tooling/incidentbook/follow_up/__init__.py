"""Follow-through in other places than the repository: what a team is reminded of, by mail, in a channel or in a calendar."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from incidentbook.records.action_item import ActionItem, ActionStatus


class Promise(NamedTuple):
    """An action item with the incidents that it came from."""

    item: ActionItem
    incidents: tuple[str, ...]

    @property
    def open(self) -> bool:
        """Whether somebody is bound by it and has not finished."""
        status = self.item.status
        return status is not None and status.committed and not status.finished

    @property
    def risk(self) -> bool:
        """Whether it is left undone on purpose until a day."""
        return self.item.status is ActionStatus.ACCEPTED_RISK

    @property
    def order(self) -> tuple[dt.date, str]:
        """The most urgent first."""
        return self.item.last_day or dt.date.max, self.item.id
