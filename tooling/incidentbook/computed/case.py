"""What the computed parts of one post-mortem are made from."""

from __future__ import annotations

import datetime as dt

from incidentbook.frozen import frozen
from incidentbook.records.incident import Incident
from incidentbook.repository import Repository


@frozen
class Case:
    """What is known.

    Attributes:
        house: the knowledge base as the post-mortem's readers may see it.
        incidents: those that the post-mortem covers, as they may see them.
        now: up to which an incident that goes on is told.

    """

    house: Repository
    incidents: tuple[Incident, ...]
    now: dt.datetime
