"""The past of a record, for people and for programs."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from incidentbook.chronicle.backdated import Backdated
from incidentbook.chronicle.known import Fact, facts
from incidentbook.chronicle.lives import ActionLife
from incidentbook.chronicle.steps import Step, Touch
from incidentbook.cli._columns import cut, pad
from incidentbook.cli._past import Known
from incidentbook.differences import Difference
from incidentbook.records.time import short, utc_text
from incidentbook.terminal_text import clean

if TYPE_CHECKING:
    from incidentbook.outputs import history as printed

_SHOWN = 12  # changes of a file in a commit
_WORDS = {
    "added": "written",
    "there": "there already",
    "changed": "changed",
    "moved": "moved",
    "removed": "removed",
    "unreadable": "cannot be read",
}
_HEADLINES, _MILESTONE = ("status", "severity"), "milestones."
_NO_FACTS = "no fact changed: comments, order or layout"


@dataclass(slots=True)
class Told:
    """What is told of a record or an action item.

    Attributes:
        late: what each commit brought long after its time.
        limit: from when on that is long.
        life: of an action item; None for an incident.
        more: what else a reader should know.

    """

    name: str
    known: Known
    steps: Sequence[Step]
    late: Mapping[str, Sequence[Backdated]]
    limit: dt.timedelta
    life: ActionLife | None
    more: Sequence[str]


def plain(told: Told) -> printed.Output:
    """Return it for JSON."""
    known = told.known
    return {
        "id": told.name,
        "commit": known.past.tip,
        "as_of": utc_text(known.now),
        "late_after_seconds": None if known.standing else int(told.limit.total_seconds()),
        "notes": [*known.notes, *told.more],
        "life": _plain_life(told.life, known) if told.life else None,
        "facts": None if told.life else [fact.plain() for fact in facts(told.steps)],
        "commits": [
            {**step.plain(), "backdated": [late.plain() for late in told.late[step.commit]]} for step in told.steps
        ],
    }


def _plain_life(life: ActionLife, known: Known) -> printed.Life:
    age = None if known.standing else int((known.now - life.status_since).total_seconds())
    return {
        "status": life.last.status.value if life.last.status else None,
        "status_since": None if life.at_least else utc_text(life.status_since),
        "status_age_seconds": age,
        "status_age_at_least": life.at_least,
        "created": utc_text(life.created) if life.created else None,
        "committed": utc_text(life.committed) if life.committed else None,
        "closed": utc_text(life.closed) if life.closed else None,
        "reopened": [utc_text(moment) for moment in life.reopened],
        "due_moved": life.due_moved,
    }


def lines(told: Told, width: int, *, everything: bool) -> Iterator[str]:
    """Yield the lines for a terminal of ``width`` columns; of many changes of a file the first, or ``everything``."""
    first, last = (utc_text(told.steps[place].at) for place in (0, -1))
    yield _styled(cut(clean(f"{told.name}: {_title(told)}"), width), bold=True)
    count = f"{len(told.steps)} commit{'' if len(told.steps) == 1 else 's'}"
    yield _styled(f"{count}, {first} to {last}" if len(told.steps) > 1 else f"{count}, {first}", dim=True)
    if told.life:
        yield _life_line(told.life, told.known)
    for step in told.steps:
        yield ""
        merge = " (merge)" if step.merge else ""
        head, subject = f"{utc_text(step.at)}  {step.short}", clean(step.subject) + merge
        yield _styled(head, bold=True) + (cut(f"  {subject.lstrip()}", width - len(head)) if subject else "")
        for commit in step.brought:
            line = f"  from {utc_text(commit.at)}  {commit.short}  {clean(commit.subject)}".rstrip()
            yield _styled(cut(line, width), dim=True)
        for touch in step.touches:
            what = "item" if told.life else "record" if touch.is_record else "post-mortem"
            yield from _touch_lines(touch, what, width, None if everything else _SHOWN)
        yield from _capped([_late_line(late, width) for late in told.late[step.commit]], None if everything else _SHOWN)
    if not told.life:
        yield from _milestones(facts(told.steps), width)
    yield from _closing(told, width)


def _milestones(known: Sequence[Fact], width: int) -> Iterator[str]:
    """Say of each milestone, of severity and of status when it was first known, and when it became what it is."""
    told = [fact for fact in known if fact.path in _HEADLINES or fact.path.startswith(_MILESTONE)]
    if not told:
        return
    yield ""
    yield _styled(_row("", "", "First known", "So since"), bold=True)
    for fact in told:
        since = utc_text(fact.since) if fact.changes else ""
        name = fact.path.removeprefix(_MILESTONE)
        first = f"by {utc_text(fact.first_known)[:16]}Z" if fact.known_before else utc_text(fact.first_known)
        yield cut(_row(name, clean(fact.value), first, since), width)


def _row(name: str, value: str, first: str, since: str) -> str:
    cells = ((name, 12), (value, 20), (first, 20), (since, 20))
    return "  ".join(pad(cut(text, columns), columns) for text, columns in cells).rstrip()


def _title(told: Told) -> str:
    titles = [touch.after.get("title") for step in told.steps for touch in step.touches if told.life or touch.is_record]
    return next((title for title in reversed(titles) if isinstance(title, str)), "no title")


def _life_line(life: ActionLife, known: Known) -> str:
    status = life.last.status.label.lower() if life.last.status else "no status" if life.last.facts else "taken away"
    least = "at least " if life.at_least else ""
    age = "" if known.standing else f" for {least}{short((known.now - life.status_since).total_seconds())}"
    counts = (("reopened", len(life.reopened)), ("due day moved", life.due_moved))
    more = [f"{what} {often(count)}" for what, count in counts if count]
    return ", ".join([f"{status}{age}", *more])


def often(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _touch_lines(touch: Touch, what: str, width: int, shown: int | None) -> Iterator[str]:
    where = f"{touch.moved_from} to {touch.path}" if touch.moved_from else touch.path
    yield _styled(cut(f"  {what} {_WORDS[touch.what]}: {clean(where)}", width), dim=True)
    if touch.reason:
        yield cut(f"  ? {clean(touch.reason)}", width)
    found = [_change(difference, width) for difference in touch.differences]
    if touch.added_lines or touch.removed_lines:
        found.append(f"  ~ text: {touch.added_lines} lines added, {touch.removed_lines} removed")
    if not found and touch.what == "changed":
        found.append(f"  {_NO_FACTS}")
    yield from _capped(found, shown)


def _late_line(late: Backdated, width: int) -> str:
    lag = short(late.lag.total_seconds())
    return _styled(cut(f"  ! {clean(late.path)}: {lag} after its time, {utc_text(late.at)}", width), fg="yellow")


def _capped(found: Sequence[str], shown: int | None) -> Iterator[str]:
    yield from found[:shown]
    if shown is not None and len(found) > shown:
        yield f"  … {len(found) - shown} more (--all shows them)"


def _change(difference: Difference, width: int) -> str:
    before, after = clean(difference.before), clean(difference.after)
    if not before or not after:
        sign, colour, value = ("+", "green", after) if after else ("-", "red", before)
    else:
        sign, colour, value = "~", "cyan", f"{before} → {after}"
    return f"  {_styled(sign, fg=colour)} {cut(f'{clean(difference.path)}: {value}', width - 4)}"


def _closing(told: Told, width: int) -> Iterator[str]:
    import textwrap  # noqa: PLC0415 - as late as it is needed

    notes = [*told.known.notes, *told.more]
    count = sum(map(len, told.late.values()))
    if not told.known.standing and not told.life:
        limit = short(told.limit.total_seconds())
        late = f"{count} fact{'' if count == 1 else 's'}" if count else "Nothing"
        notes.append(f"{late} came more than {limit} after {'their' if count > 1 else 'its'} time (!).")
    for note in notes:
        yield ""
        yield from (_styled(line, dim=True) for line in textwrap.wrap(note, width))


def _styled(text: str, **style: Any) -> str:
    return text if os.environ.get("NO_COLOR") else click.style(text, **style)
