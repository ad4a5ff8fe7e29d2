"""What `inc policy diff --json` prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, TypedDict

from incidentbook.outputs.common import AsOf, Count, Difference, Instant, Name


class Base(TypedDict):
    """The state whose policies are held against those of HEAD."""

    commit: Annotated[str, "Its short name."]
    how: Annotated[str, "How it was found or named."]
    at: Annotated[Instant, "The committer's time."]


class Head(TypedDict):
    """The state whose records are judged."""

    commit: Annotated[str, "Its short name, with `-dirty` where files were changed since."]
    working_tree: Annotated[bool, "Whether it is the working tree, and no commit that was asked for."]


class Changed(TypedDict):
    """A policy file that is not the same at both ends."""

    path: Annotated[str, "Where it lies."]
    backtested: Annotated[bool, "Whether anything judges the past by what changed in it."]
    facts: Annotated[Sequence[Difference], "What changed; none for an audience, as a policy has no level."]


class Reclassified(TypedDict):
    """Something past that is judged otherwise."""

    incident: Annotated[str | None, "Its id, or several; null for a figure of all."]
    concern: Annotated[str, "What judged."]
    about: Annotated[
        str | None, "What of it is judged: a target, an item, a service and its month; null for the whole."
    ]
    recorded: Annotated[str | None, "The severity that the record gives, where it matters."]
    before: Annotated[str, "What the policies of BASE say."]
    after: Annotated[str, "What those of HEAD say."]
    because: Annotated[str, "The fact and the thresholds that decide."]
    certain: Annotated[bool, "Whether the record says enough for that."]


class Supposed(TypedDict):
    """What would differ of what the policies do not cover, had they held then."""

    sentences: Annotated[Sequence[str], "In plain words."]
    reclassified: Annotated[Sequence[Reclassified], "One by one."]


class Concern(TypedDict):
    """What one concern found."""

    concern: Annotated[str, "Its stable name."]
    title: Annotated[str, "Its name for people."]
    policy: Annotated[str | None, "The file whose `effective_from` it keeps to; null where it keeps to none."]
    judges_since: Annotated[str | None, "The first day that both ends cover; null where any is."]
    judged: Annotated[Count, "How many answers both ends cover."]
    left_out: Annotated[Mapping[str, Count], "How many things were not judged, by reason."]
    sentences: Annotated[Sequence[str], "What differs, in plain words."]
    reclassified: Annotated[Sequence[Reclassified], "What differs, one by one."]
    had_it_held_before: Annotated[Supposed, "What would differ of what came before."]
    notes: Annotated[Sequence[str], "What a reader should know besides."]


class Backtest(TypedDict):
    """What a changed policy makes of the past."""

    changed_policies: Annotated[Sequence[Changed], "The files that are not the same."]
    reclassified: Annotated[Count, "How many things are judged otherwise for certain."]
    concerns: Annotated[Sequence[Concern], "One for each thing that policies judge."]
    notes: Annotated[Sequence[str], "What a reader should know besides."]


class Origin(TypedDict):
    """Which states are held against one another."""

    base: Annotated[Base, "Whose policies were."]
    head: Annotated[Head, "Whose policies are, and whose records are judged."]
    as_of: AsOf


class Output(Origin, Backtest):
    """What `inc policy diff --json` prints: which past incidents the policies of HEAD judge otherwise than those of BASE."""

    knowledge_base: Name
