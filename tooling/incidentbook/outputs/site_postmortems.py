"""What `api/v1/postmortems.json` of a published knowledge base holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs.common import AsOf, Count, Name, Page


class Postmortem(TypedDict):
    """One post-mortem in a line."""

    title: Annotated[str, "Its title; that of its first incident where it has none."]
    status: Annotated[str, "Where it stands: draft, in-review, published or skipped."]
    kind: Annotated[str, "What kind of post-mortem it is."]
    incidents: Annotated[Sequence[str], "The ids of the incidents that it covers."]
    held: Annotated[str | None, "The day on which it was held; null where it was not, or nobody has said."]
    published: Annotated[str | None, "The day on which it was published; null where it was not, or nobody has said."]
    action_items: Annotated[Count, "How many action items it names."]
    path: Annotated[str, "Where its own file is, as seen from this one."]
    page: Page


class Output(TypedDict):
    """What `api/v1/postmortems.json` of a published knowledge base holds: every post-mortem, newest first."""

    knowledge_base: Name
    as_of: AsOf
    postmortems: Annotated[Sequence[Postmortem], "The post-mortems; empty where there are none."]
