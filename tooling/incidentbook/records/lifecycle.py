"""The states of an incident and the ways between them: which change is possible, and which needs a reason."""

from __future__ import annotations

from typing import NamedTuple

from incidentbook.records.vocabulary import Status

ORDER = tuple(status for status in Status if status not in (Status.CANCELLED, Status.MERGED))


class Change(NamedTuple):
    """What is to be said of a change of status.

    Attributes:
        refused: why it is not possible; empty where it is.
        needs_reason: why it needs a reason; empty where it needs none.

    """

    refused: str = ""
    needs_reason: str = ""


def judge(before: Status, after: Status) -> Change:
    """Judge the change from one status to another.

    Forward is free, in steps of any length: people recover before they say "mitigated". A step back, an end without a
    resolution and a new beginning need a reason. What was merged lives on in the other record.
    """
    refused = _refused(before, after)
    if refused or after is Status.MERGED:
        return Change(refused=refused)
    if after is Status.CANCELLED:
        return Change(needs_reason="Cancelling says that it was no incident")
    if not before.is_open and after.is_open:
        return Change(needs_reason=f"It was {before}, and opens again")
    if ORDER.index(after) < ORDER.index(before):
        return Change(needs_reason=f"It was {before} already, and goes back")
    if after is Status.CLOSED and before.is_open:
        return Change(needs_reason=f"It is {before}, and would be closed before it was resolved")
    return Change()


def _refused(before: Status, after: Status) -> str:
    if before is after:
        return f"It is {after} already"
    if before is Status.MERGED:
        return "It was merged into another incident, which goes on in its place"
    if before is Status.CANCELLED and after in (Status.RESOLVED, Status.CLOSED):
        return f"It was cancelled, so it cannot be {after} before it is opened again"
    return ""
