"""The meeting about a post-mortem as edits of its front matter: when it is, and how often it was moved."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from incidentbook.errors import IncidentbookError
from incidentbook.records.build import build
from incidentbook.records.postmortem import Meeting, Postmortem
from incidentbook.records.time import Moment, utc_text
from incidentbook.response.draft import Draft


def schedule(draft: Draft, at: dt.datetime, duration: str, zone: ZoneInfo) -> tuple[Meeting, list[str]]:
    """Make the post-mortem say when its meeting is, and return the meeting, and what was written, a line each.

    One that is moved, or takes another time, is the next in its sequence, so that calendars take the new one for the newest. What
    says all that already is left alone.

    Args:
        draft: of the post-mortem.
        at: when it begins.
        duration: how long it takes, as policy writes durations (``60m``).
        zone: in which it has its day.

    Raises:
        IncidentbookError: the meeting is over, or there will be none.
        EditError: the text cannot be changed without changing something else.

    """
    before = build(Postmortem, draft.document.value) or Postmortem()
    if before.status in ("published", "skipped"):
        raise IncidentbookError(f"{draft.path} is {before.status}: there is no meeting to schedule")
    if before.held is not None:
        raise IncidentbookError(f"{draft.path} was held on {before.held}: there is no meeting to schedule")
    day, old = at.astimezone(zone).date(), before.meeting
    known = old is not None and old.at is not None
    moved = (
        old is not None and old.at is not None and (old.at.at != at or old.length != Meeting(duration=duration).length)
    )
    made = Meeting(Moment.of(at), duration, (old.sequence if old else 0) + moved)
    lines: list[str] = []
    if before.scheduled != day:
        draft.set(("scheduled",), day.isoformat())
        lines.append(f"scheduled: {f'{before.scheduled} → ' if before.scheduled else ''}{day}")
    if moved or not known:
        plain = {"at": utc_text(at), "duration": duration, "sequence": made.sequence}
        if isinstance(draft.get("meeting"), dict):  # key by key, so that a comment behind one stays
            for key, value in plain.items():
                draft.set(("meeting", key), value)
        else:
            draft.set(("meeting",), plain)
        lines.append(f"meeting: {plain['at']}, {duration}{f', moved {made.sequence}' if made.sequence else ''}")
    return made, lines
