"""What `inc recommend --json` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import AsOf, Count, Name, Origin, Window


class Reason(TypedDict):
    """A figure in a sentence, and what shows it."""

    text: Annotated[str, "The sentence."]
    n: Annotated[Count, "How many incidents call for it."]
    of: Annotated[int | None, "How many were looked at; null where the figure is no share of incidents."]
    incidents: Annotated[Sequence[str], "The ids of those that call for it."]
    also: Annotated[Sequence[str], "Ids of action items, playbooks or drills that belong to it."]


class Recommendation(TypedDict):
    """What is to change, and why."""

    key: Annotated[str, "A name of its own: that of the rule, and what the advice is about."]
    rule: Annotated[str, "The rule that gives it."]
    kind: Annotated[str, "What is to change: how incidents are handled, or systems.", More(enum=["process", "system"])]
    what: Annotated[str, "What to do."]
    strength: Annotated[
        str, "By the number of incidents: one, two or three, four or more.", More(enum=["weak", "moderate", "strong"])
    ]
    incidents: Annotated[Sequence[str], "The ids of all that call for it."]
    reasons: Annotated[Sequence[Reason], "Why."]


class Output(TypedDict):
    """What `inc recommend --json` prints: what the incidents of some time call for, with the figures and records that show it."""

    knowledge_base: Name
    window: Annotated[Window, "The stretch of time that was looked at."]
    as_of: AsOf
    commit: Origin
    incidents: Annotated[Count, "How many incidents of it count."]
    excluded: Annotated[Mapping[str, Count], "How many were left out, by reason."]
    recommendations: Annotated[Sequence[Recommendation], "Process improvements first, then what to change in systems."]
