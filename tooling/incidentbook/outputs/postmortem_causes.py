"""What `inc postmortem causes --json` prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More

Ids = Annotated[Sequence[str], More(minItems=1)]


class Cause(TypedDict):
    """One cause."""

    id: Annotated[str, "Its id; `why-2` for one that only the 5 whys name."]
    text: Annotated[str, "What it says."]
    factor: Annotated[str | None, "The name of its contributing factor, for people; null where it names none."]
    primary: Annotated[bool, "Whether the post-mortem calls it the primary one."]
    whys: Annotated[Sequence[Annotated[int, More(minimum=1)]], "Which of the 5 whys it answers, counted from 1."]


# a functional form, as `from` is a word of the language
Link = TypedDict(
    "Link",
    {
        "from": Annotated[str, "The id of the cause that led to the other."],
        "to": Annotated[str | None, "The id of what it led to; null for what happened."],
        "path_of_the_whys": Annotated[bool, "Whether it is a step of the 5 whys."],
        "closes_a_loop": Annotated[bool, "Whether it closes a loop."],
    },
)
Link.__doc__ = "One cause led to another, or to what happened."


class Output(TypedDict):
    """What `inc postmortem causes --json` prints: the causes of a post-mortem and its 5 whys as one graph."""

    incidents: Annotated[Ids, "The ids of the incidents that the post-mortem covers."]
    happened: Annotated[str, "What the causes led to."]
    causes: Annotated[Sequence[Cause], "As they are written, then those that only the 5 whys name."]
    links: Annotated[Sequence[Link], "What led to what."]
    loops: Annotated[Sequence[Ids], "The ids of causes that lead round to the first of them, a list for each loop."]
