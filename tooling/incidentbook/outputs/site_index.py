"""What `api/v1/index.json` of a published knowledge base holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import AsOf, Audience, Name


class Resource(TypedDict):
    """Something that can be asked for."""

    name: Annotated[str, "What it is called."]
    path: Annotated[str, "Where it is, as seen from the index."]
    description: Annotated[str, "What it holds."]
    schema: Annotated[str, "Where the schema is that it keeps to, as seen from the index."]


class Feed(TypedDict):
    """Something that can be subscribed to."""

    title: Annotated[str, "What it is called."]
    path: Annotated[str, "Where it is, as seen from the index."]
    media_type: Annotated[str, "Atom or iCalendar.", More(enum=["application/atom+xml", "text/calendar"])]


class Output(TypedDict):
    """What `api/v1/index.json` of a published knowledge base holds: what else there is for programs, and where."""

    knowledge_base: Name
    audience: Audience
    as_of: AsOf
    resources: Annotated[Sequence[Resource], "Files for programs, in their order."]
    feeds: Annotated[Sequence[Feed], "Feeds and calendars, in their order."]
