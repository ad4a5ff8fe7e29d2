"""What `api/v1/playbooks.json` of a published knowledge base holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import View
from incidentbook.outputs.common import Name, Page


class Playbook(TypedDict):
    """One playbook."""

    page: Page
    review_due: Annotated[str | None, "The day by which it wants to be read again; null where nobody has said."]
    playbook: Annotated[Mapping[str, object], "Its front matter in the keys of playbook.schema.json.", View("playbook")]


class Output(TypedDict):
    """What `api/v1/playbooks.json` of a published knowledge base holds: every playbook; the prose is on its page."""

    knowledge_base: Name
    playbooks: Annotated[Sequence[Playbook], "The playbooks; empty where there are none."]
