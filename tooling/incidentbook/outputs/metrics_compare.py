"""What `inc metrics compare --json` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs import More
from incidentbook.outputs.common import AsOf, Count, Name, Origin, Window


class Estimate(TypedDict):
    """A value with its interval: a rate a day, a median in seconds, or a share."""

    value: Annotated[float | None, "Null where nothing can be said, which is not zero."]
    n: Annotated[Count, "On how many incidents it rests."]
    low: Annotated[float | None, "Lower end of the interval; null where there is no bound on that side."]
    high: Annotated[float | None, "Upper end, likewise."]
    method: Annotated[str, "How the interval was computed; empty where there is none."]
    refused: Annotated[str, "Why there is no interval, or no value; empty where nothing is wanting."]
    level: Annotated[float, "How often such an interval is meant to hold the truth, as a fraction."]


class Comparison(TypedDict):
    """Two periods, and whether what differs between them can be told from noise."""

    of: Annotated[str, "What was compared.", More(enum=["count", "duration", "proportion"])]
    before: Annotated[Estimate, "The earlier period."]
    after: Annotated[Estimate, "The later one."]
    change: Annotated[
        float | None, "After over before, less one (of a proportion after less before); null without a meaning."
    ]
    p: Annotated[float | None, "The chance of a difference as large as this when nothing changed; null where refused."]
    leans: Annotated[
        str, "The way in which the later values go; empty for neither.", More(enum=["lower", "higher", ""])
    ]
    adjusted_p: Annotated[
        float | None, "The same after correction over all that was compared (Benjamini and Hochberg)."
    ]
    slices: Annotated[int, "Over how many comparisons it was corrected.", More(minimum=1)]
    method: Annotated[str, "The test."]
    n_needed: Annotated[
        int | None, "Incidents a period that would show such a change in 4 of 5 cases; null for no number."
    ]
    least_fall: Annotated[
        float | None, "The least fall, as a fraction, that so many would show; null where none or unknown."
    ]
    verdict: Annotated[str, "`noise` cannot be told from it.", More(enum=["lower", "higher", "noise", "refused"])]
    refused: Annotated[str, "Why there is no test; empty where there is one."]


class LeftOut(TypedDict):
    """How many incidents gave no duration, by reason."""

    before: Annotated[Mapping[str, Count], "Of the earlier period."]
    after: Annotated[Mapping[str, Count], "Of the later one."]


class Change(Comparison):
    """What became of one figure from one period to the next."""

    key: Annotated[str, "`incidents`, or the key of a response time in policy/metrics.yml."]
    name: Annotated[str, "Its name for people."]
    slice: Annotated[str | None, "What all incidents of it have in common where `--by` tells them apart; null for all."]
    definition: Annotated[str, "What was compared."]
    left_out: Annotated[LeftOut, "What was left out of it."]
    words: Annotated[str, "The outcome in plain words."]


class Output(TypedDict):
    """What `inc metrics compare --json` prints: of each figure whether it changed, or whether that cannot be told from noise."""

    knowledge_base: Name
    before: Annotated[Window, "The earlier period."]
    after: Annotated[Window, "The later one."]
    by: Annotated[str | None, "The dimension along which incidents were told apart; null for none."]
    as_of: AsOf
    commit: Origin
    changes: Annotated[Sequence[Change], "One for each figure, and slice."]
