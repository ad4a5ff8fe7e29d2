"""What `inc similar --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import Name


class Similar(TypedDict):
    """An incident that resembles the one asked about, and why."""

    id: Annotated[str, "Its id."]
    title: Annotated[str, "Its title."]
    score: Annotated[
        float,
        "The cosine of the two texts' TF-IDF vectors; it orders, and means nothing by itself.",
        More(minimum=0, maximum=1),
    ]
    terms: Annotated[Sequence[str], "Words that both use, first those that add most to the score."]
    factors: Annotated[Sequence[str], "Contributing factors that both post-mortems name."]
    services: Annotated[Sequence[str], "Services that both records name."]
    all_factors: Annotated[Sequence[str], "All factors that its post-mortem names."]


class Output(TypedDict):
    """What `inc similar --json` prints: the incidents that resemble one, the closest first."""

    knowledge_base: Name
    incident: Annotated[str, "The id of the incident asked about."]
    similar: Annotated[Sequence[Similar], "The incidents that resemble it; empty where none does."]
