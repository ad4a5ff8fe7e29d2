"""The states of an action item and the ways between them: which change is possible, and what an item lacks for it."""

from __future__ import annotations

from typing import NamedTuple

from incidentbook.records.action_item import ActionItem, ActionStatus

_ENDED = (ActionStatus.DONE, ActionStatus.VERIFIED)


class Change(NamedTuple):
    """What is to be said of a change of status.

    Attributes:
        refused: why it is not possible; empty where it is.
        lacks: the keys that the item lacks for it, ``reason`` among them where the change itself needs one.

    """

    refused: str = ""
    lacks: tuple[str, ...] = ()


def judge(before: ActionStatus | None, after: ActionItem, reason: str) -> Change:
    """Judge the change of an item to what ``after`` says.

    Forward is free, in steps of any length. A commitment has an owner and a day; done is shown and not said; only what is done
    can be verified. Whoever gives up, accepts the risk, or goes back behind what was said already gives a reason.

    Args:
        before: the status that it had; one that nobody can read counts as proposed.
        after: the item as it would be.
        reason: given for this very change.

    """
    status = after.status or ActionStatus.PROPOSED
    before = before or ActionStatus.PROPOSED
    refused = _refused(before, status)
    if refused:
        return Change(refused)
    needed = {
        "owner": status.committed and not after.owner,
        "due": status.committed and after.due is None,
        "evidence": status.finished and not after.evidence,
        "accepted_until": status is ActionStatus.ACCEPTED_RISK and after.accepted_until is None,
        "reason": status is not before and needs_reason(before, status) and not reason,
    }
    return Change(lacks=tuple(key for key, lacking in needed.items() if lacking))


def needs_reason(before: ActionStatus, after: ActionStatus) -> bool:
    """Whether the change gives up, accepts a risk, or goes back behind a promise or an end that was said already."""
    gives_up = after in (ActionStatus.CANCELLED, ActionStatus.ACCEPTED_RISK)
    reopens = before is ActionStatus.CANCELLED or (before.finished and not after.finished)
    takes_back = before.committed and after is ActionStatus.PROPOSED
    unverified = before is ActionStatus.VERIFIED and after is ActionStatus.DONE
    return gives_up or reopens or takes_back or unverified


def _refused(before: ActionStatus, after: ActionStatus) -> str:
    if after is ActionStatus.VERIFIED and before not in _ENDED:
        return f"It is {before}, and only what is done can be verified"
    if after is ActionStatus.CANCELLED and before in _ENDED:
        return f"It is {before}, so there is nothing left to cancel"
    return ""
