"""What `api/v1/postmortems/NAME.json` of a published knowledge base holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, TypedDict

from incidentbook.outputs import View
from incidentbook.outputs.common import Name, Page


class Output(TypedDict):
    """What `api/v1/postmortems/NAME.json` of a published knowledge base holds: one post-mortem; the narrative is on its page."""

    knowledge_base: Name
    page: Page
    postmortem: Annotated[
        Mapping[str, object],
        "Its front matter in the keys of postmortem.schema.json; what this audience is not told is left out.",
        View("postmortem"),
    ]
