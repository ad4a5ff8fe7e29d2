"""What `inc metrics chart NAME --json` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs.common import AsOf, Count, Origin, Window


class Output(TypedDict):
    """What `inc metrics chart NAME --json` prints: the plain data of one chart, and all that has to stand beside it."""

    name: Annotated[str, "The name of the chart, as `inc metrics chart --list` has it."]
    title: Annotated[str, "Its title."]
    definition: Annotated[str, "What is drawn, from what to what."]
    summary: Annotated[str, "What the picture shows, in a sentence or two; empty where it is not drawn."]
    window: Annotated[Window, "The time that it is about."]
    as_of: AsOf
    commit: Origin
    n: Annotated[Count, "On how many incidents, or action items, it rests."]
    left_out: Annotated[Mapping[str, int], "How many were left out, by reason."]
    method: Annotated[str, "How limits and intervals were computed; empty where there are none."]
    reading: Annotated[str, "What the marks of the picture mean."]
    notes: Annotated[Sequence[str], "What else has to be known, such as of which part of the window records tell."]
    refused: Annotated[str, "Why it is not drawn; empty where it is."]
    advice: Annotated[str, "What a reader can do about that; empty where it is drawn."]
    lines: Annotated[
        Mapping[str, object],
        "What holds for the whole chart (centre, limits, median), by name; each chart has its own.",
    ]
    rows: Annotated[
        Sequence[Mapping[str, object]], "One mark or point each; times as the clock of the window's zone shows them."
    ]
