"""What `inc site pages --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import Count, Instant


class Output(TypedDict):
    """What `inc site pages --json` prints: what was written into a folder, or taken away from it."""

    folder: Annotated[str, "The folder, in full."]
    pages: Annotated[Count, "How many pages were made from the knowledge base; 0 where files were taken away."]
    files: Annotated[Count, "How many files were written, pages and what they need."]
    removed: Annotated[Count, "How many files were taken away; 0 where files were written."]
    audience: Annotated[
        str | None,
        "For whom they are: nothing narrower is in them. Null where files were taken away.",
        More(enum=["public", "internal", "restricted", None]),
    ]
    as_of: Annotated[Instant | None, '"Now" on the pages; null where files were taken away.']
    left_out: Annotated[Sequence[str], "Files of records that cannot be relied on, whose pages are missing."]
