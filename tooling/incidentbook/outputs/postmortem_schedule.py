"""What `inc postmortem schedule --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NotRequired, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import Count, Instant


class Told(TypedDict):
    """A notice, as it stands in the communication log of an incident; what it does not say is left out."""

    incident: Annotated[str, "The id of the incident in whose record it stands."]
    id: Annotated[str, "Its own id."]
    at: Annotated[Instant, "When it was given."]
    audience: Annotated[str, "To whom."]
    channel: NotRequired[Annotated[str, "By which channel of policy/communications.yml."]]
    phase: Annotated[str, "What sort of message it is."]
    text: Annotated[str, "What it says."]
    disclosure: NotRequired[Annotated[str, "Who may read it, where that is narrower than the record."]]


class Output(TypedDict):
    """What `inc postmortem schedule --json` prints: the meeting that was called, and who was told."""

    incidents: Annotated[Sequence[str], "The ids of the incidents that the post-mortem covers.", More(minItems=1)]
    path: Annotated[str, "The file of the post-mortem."]
    at: Annotated[Instant | None, "When the meeting begins."]
    until: Annotated[Instant | None, "When it ends."]
    sequence: Annotated[Count, "How often it was moved."]
    uid: Annotated[str, "What calendars know it by."]
    due: Annotated[Instant | None, "By when policy wants it; null where it does not ask for one."]
    late: Annotated[bool, "Whether it begins later than that."]
    told: Annotated[Sequence[Told], "Who was told; empty where it is scheduled so already."]
    wrote: Annotated[Sequence[str], "What was written, for people; empty where nothing was."]
