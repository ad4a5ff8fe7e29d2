"""Action items as edits of a post-mortem's draft: what is asked for is judged, written, and told."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from zoneinfo import ZoneInfo

from incidentbook.errors import EditError, IncidentbookError, NotFoundError
from incidentbook.frozen import frozen
from incidentbook.records import action_lifecycle
from incidentbook.records.action_item import ActionEvidence, ActionItem, ActionStatus, Occurrence, Waiver
from incidentbook.records.build import build
from incidentbook.records.time import short
from incidentbook.response.draft import Draft

_HOW = {
    "owner": "--owner TEAM", "due": "--due DATE", "evidence": "--evidence KIND:REF", "accepted_until": "--until DATE",
    "reason": "--reason TEXT",
}  # fmt: skip
_SAID = {
    "owner": "an owner", "due": "a due day", "evidence": "evidence", "accepted_until": "a last day of the accepted risk",
    "reason": "a reason",
}  # fmt: skip
_SINGLE = ("status", "owner", "due", "accepted_until", "completed", "reason")


@frozen
class Wish:
    """What is to be said of an item; what is empty stays as it is."""

    status: ActionStatus | None = None
    owner: str = ""
    due: dt.date | None = None
    accepted_until: dt.date | None = None
    completed: dt.date | None = None
    evidence: tuple[ActionEvidence, ...] = ()
    reason: str = ""


def find(draft: Draft, action_id: str) -> tuple[int, ActionItem]:
    """Return the item with its place in the list.

    Raises:
        NotFoundError: it is not there any more.
        EditError: it stands there twice, or is none.

    """
    items = draft.get("action_items")
    places = [
        index
        for index, plain in enumerate(items if isinstance(items, list) else ())
        if isinstance(plain, dict) and plain.get("id") == action_id
    ]
    if not places:
        raise NotFoundError(f"{draft.path} has no action item {action_id}")
    item = build(ActionItem, items[places[0]])
    if len(places) > 1 or item is None:
        raise EditError(f"{action_id} stands in {draft.path} more than once", hint="`inc check` shows where.")
    return places[0], item


def change(draft: Draft, action_id: str, wish: Wish, today: dt.date, latest: dt.date | None = None) -> list[str]:
    """Make the item say what is wished for, and return what was written, a line each.

    One that gets done without a day was done ``today``. What only an earlier status had, such as the day on which it was done, is
    taken out when the item leaves that status. ``latest`` is the last due day that policy allows.

    Raises:
        NotFoundError: there is no such item.
        IncidentbookError: its life allows no such change, it lacks something for it, or nothing would change.
        EditError: the text cannot be changed without changing something else.

    """
    index, before = find(draft, action_id)
    after = _after(before, wish, today)
    judged = action_lifecycle.judge(before.status, after, wish.reason)
    if judged.refused:
        raise IncidentbookError(f"{action_id}: {judged.refused}")
    if judged.lacks:
        lacking = " and ".join(_SAID[key] for key in judged.lacks)
        allowed = f" (policy allows until {latest})" if latest and "due" in judged.lacks else ""
        hint = f"Say so with {' '.join(_HOW[key] for key in judged.lacks)}{allowed}."
        raise IncidentbookError(f"{action_id} lacks {lacking} to be {after.status}", hint=hint)
    if after.completed is not None and not (after.status and after.status.finished):
        raise IncidentbookError(f"{action_id} is {after.status}, so it has no day on which it was done")
    if wish.accepted_until is not None and after.status is not ActionStatus.ACCEPTED_RISK:
        raise IncidentbookError(f"{action_id} is {after.status}, and only an accepted risk is accepted until a day")
    if after == before:
        raise IncidentbookError(f"{action_id} says all that already; nothing was written")
    return _write(draft, index, before, after)


def refer(draft: Draft, action_id: str, issue: str) -> list[str]:
    """Note the issue that stands for the item, and return what was written.

    Raises:
        NotFoundError: there is no such item.
        EditError: the text cannot be changed without changing something else.

    """
    index, _ = find(draft, action_id)
    draft.set(("action_items", index, "issue"), issue)
    return [f"issue: {issue}"]


def settle(draft: Draft, action_id: str, wanted: Occurrence, today: dt.date) -> list[str]:
    """Say of one occurrence that it was done, with its evidence, or why it was left out; return what was written.

    One that was done on no day that is given was done ``today``.

    Raises:
        NotFoundError: there is no such item.
        IncidentbookError: it does not come round again, not on that day, that one is settled, or evidence and reason are missing.
        EditError: the text cannot be changed without changing something else.

    """
    index, item = find(draft, action_id)
    day = wanted.due
    if not item.recurrence or not item.is_open:
        why = "does not come round again" if not item.recurrence else f"is {item.status or 'without a status'}"
        raise IncidentbookError(f"{action_id} {why}, so it has no occurrence to settle")
    if day is None or day not in itertools.takewhile(lambda known: known <= day, item.days()):
        later = next((known for known in item.days() if day is not None and known > day), None)
        hint = f"The next one is {later}." if later else ""
        raise IncidentbookError(f"{action_id} has no occurrence on {day}: it recurs by {item.recurrence}", hint=hint)
    place, told = next(((n, one) for n, one in enumerate(item.occurrences) if one.due == day), (None, None))
    if told is not None and told.settled:
        raise IncidentbookError(f"The occurrence of {action_id} on {day} is settled already")
    if bool(wanted.evidence) is bool(wanted.reason):
        hint = "Done: --evidence KIND:REF. Left out: --reason TEXT."
        raise IncidentbookError(f"Say of the occurrence of {day} that it was done, or why it was left out", hint=hint)
    done = (wanted.completed or today) if wanted.evidence else None
    plain: dict[str, object] = {"due": str(day)}
    plain |= {"completed": str(done)} if done else {"reason": wanted.reason}
    if wanted.evidence:
        plain["evidence"] = [{"kind": one.kind, "ref": one.ref} for one in wanted.evidence]
    where = ("action_items", index, "occurrences")
    if place is None:
        draft.append(where, plain)
    else:
        for key, value in plain.items():
            draft.set((*where, place, key), value)
    return [f"occurrence {day}: {f'done {done}' if done else f'left out: {wanted.reason}'}"]


def waive(draft: Draft, action_id: str, waiver: Waiver) -> list[str]:
    """Give the item leave to be late, in place of an earlier one, and return what was written.

    Raises:
        NotFoundError: there is no such item.
        IncidentbookError: it binds nobody or is finished, or the waiver ends before the item is late.
        EditError: the text cannot be changed without changing something else.

    """
    index, item = find(draft, action_id)
    if not item.is_open:
        raise IncidentbookError(f"{action_id} is {item.status or 'without a status'}, so it cannot be late")
    if item.last_day is not None and waiver.until is not None and waiver.until <= item.last_day:
        raise IncidentbookError(
            f"{action_id} is not late before {item.last_day} is over: a waiver ends later than that"
        )
    plain = {"owner": waiver.owner, "reason": waiver.reason, "until": _text(waiver.until)}
    path = ("action_items", index, "waiver")
    old = item.waiver
    if old is None:
        draft.set(path, plain)
    else:  # key by key, so that a comment behind one stays
        for key, value in plain.items():
            draft.set((*path, key), value)
    was = f"until {old.until} → " if old is not None else ""
    return [f"waiver: {was}until {waiver.until}, by {waiver.owner}: {waiver.reason}"]


def follows(item: ActionItem, now: dt.datetime, zone: ZoneInfo) -> str:
    """Say what comes next for an item: when it will be late, or who has to look."""
    match item.status:
        case ActionStatus.DONE:
            return f"somebody other than its owner looks: inc actions set {item.id} --status verified"
        case ActionStatus.PROPOSED | None:
            return f"somebody promises it: inc actions commit {item.id} --owner TEAM"
    late = item.overdue_from(zone)
    if late is None and item.recurrence and item.due and item.is_open:
        return f"no occurrence is left: inc actions set {item.id} --status done --evidence KIND:REF ends it"
    if late is None:
        return "nothing more"
    last = (late - dt.timedelta(microseconds=1)).astimezone(zone).date()
    apart = (late - now).total_seconds()
    if apart > 0:
        return f"overdue once {last} is over, in {short(apart)}"
    return f"it is overdue since {last} was over: finish it, move the day with its owner, or waive it"


def _after(before: ActionItem, wish: Wish, today: dt.date) -> ActionItem:
    status = wish.status or before.status
    finished = status is not None and status.finished
    left = wish.status is not None and wish.status is not before.status
    accepting = status is ActionStatus.ACCEPTED_RISK
    stale = left and before.status in (ActionStatus.ACCEPTED_RISK, ActionStatus.CANCELLED)
    return dataclasses.replace(
        before,
        status=status,
        owner=wish.owner or before.owner,
        due=wish.due or before.due,
        accepted_until=wish.accepted_until or (None if left and not accepting else before.accepted_until),
        completed=wish.completed
        or (before.completed if finished or not left else None)
        or (today if left and finished else None),
        evidence=(*before.evidence, *(new for new in wish.evidence if new not in before.evidence)),
        reason=wish.reason or ("" if stale else before.reason),
    )


def _write(draft: Draft, index: int, before: ActionItem, after: ActionItem) -> list[str]:
    lines: list[str] = []
    for key in _SINGLE:
        old, new = _text(getattr(before, key)), _text(getattr(after, key))
        if old == new:
            continue
        if new:
            draft.set(("action_items", index, key), new)
        else:
            draft.remove(("action_items", index, key))
        lines.append(f"{key}: {f'{old} → {new}' if old and new else new or f'{old} taken out'}")
    for evidence in after.evidence[len(before.evidence) :]:
        draft.append(("action_items", index, "evidence"), {"kind": evidence.kind, "ref": evidence.ref})
        lines.append(f"evidence: {evidence.kind} {evidence.ref}")
    return lines


def _text(value: object) -> str:
    return "" if value is None else str(value)
