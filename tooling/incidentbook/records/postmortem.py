"""The post-mortem: what an incident means, and what was promised after it."""

from __future__ import annotations

import datetime as dt
from dataclasses import field

from incidentbook.frozen import frozen
from incidentbook.records.action_item import ActionItem
from incidentbook.records.time import Moment, parse_duration
from incidentbook.records.vocabulary import Disclosure


@frozen
class CauseNode:
    """A contributing factor at work in this incident; ``factor`` is a term of the policy's vocabulary."""

    id: str = ""
    factor: str = ""
    primary: bool = False
    text: str = ""
    evidence: tuple[str, ...] = ()


@frozen
class CauseEdge:
    """One factor led to another."""

    from_: str = ""
    to: str = ""


@frozen
class Causes:
    """The graph of causes; root cause and contributing factors are views of it."""

    nodes: tuple[CauseNode, ...] = ()
    edges: tuple[CauseEdge, ...] = ()


@frozen
class Why:
    """One step of the 5 whys."""

    why: str = ""
    because: str = ""
    node: str = ""


@frozen
class Meeting:
    """The review meeting as it was called.

    Attributes:
        duration: how long it is meant to take (``60m``).
        sequence: how often it has been moved.

    """

    at: Moment | None = None
    duration: str = "60m"
    sequence: int = 0

    @property
    def length(self) -> dt.timedelta:
        """How long it is meant to take; an hour where the text is unreadable."""
        return parse_duration(self.duration) or dt.timedelta(hours=1)


@frozen
class Postmortem:
    """One post-mortem: front matter, and the Markdown body as it was written."""

    incidents: tuple[str, ...] = ()
    status: str = ""
    title: str = ""
    kind: str = "standard"
    disclosure: Disclosure | None = None
    scheduled: dt.date | None = None
    meeting: Meeting | None = None
    held: dt.date | None = None
    published: dt.date | None = None
    facilitator: str = ""
    authors: tuple[str, ...] = ()
    skip_reason: str = ""
    summary: str = ""
    root_cause: str = ""
    causes: Causes = field(default_factory=Causes)
    five_whys: tuple[Why, ...] = ()
    action_items: tuple[ActionItem, ...] = ()
    process_improvements: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    body: str = ""
