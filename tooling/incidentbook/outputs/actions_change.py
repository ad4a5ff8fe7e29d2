"""What `inc actions set`, `commit` and `waive` print with `--json`: a bare list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs.common import Day

SAYS = "What `inc actions set`, `commit` and `waive` print with `--json`: the items that were changed."


class Changed(TypedDict):
    """An action item that was changed."""

    id: Annotated[str, "Its id."]
    path: Annotated[str, "The file that it stands in."]
    status: Annotated[str | None, "Its status now; null where it has none that can be read."]
    due: Annotated[Day | None, "Its due day now; null where it has none."]
    wrote: Annotated[Sequence[str], "What was written, for people."]
    next: Annotated[str, "What comes next, for people."]


Output = Sequence[Changed]
