"""What `inc maturity --json` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import AsOf, Name, Origin

_LEVEL = More(minimum=1, maximum=5)


class Criterion(TypedDict):
    """A criterion, whether it is met, and what shows it."""

    id: Annotated[str, "Its id in policy/maturity.yml."]
    level: Annotated[int, "The level that asks for it.", _LEVEL]
    text: Annotated[str, "What it asks for."]
    met: Annotated[bool, "Whether it is met."]
    means: Annotated[
        str, "What says so; `open` where nobody has said anything.", More(enum=["computed", "attested", "open"])
    ]
    found: Annotated[str, "What was found, in words."]
    cites: Annotated[Sequence[str], "Ids of records, or paths, that show it."]


class Dimension(TypedDict):
    """Where one dimension stands."""

    name: Annotated[str, "Its name."]
    level: Annotated[int, "The level that it reaches.", _LEVEL]
    criteria: Annotated[Sequence[Criterion], "In the order of the rubric."]


class Output(TypedDict):
    """What `inc maturity --json` prints: where incident response stands on five levels, and what shows it."""

    knowledge_base: Name
    as_of: AsOf
    commit: Origin
    level: Annotated[int, "The level of the lowest dimension.", _LEVEL]
    target: Annotated[int, "The level that policy aims at.", _LEVEL]
    levels: Annotated[Mapping[str, str], "The names of the levels, by number."]
    dimensions: Annotated[Sequence[Dimension], "In the order of the rubric."]
