"""What `inc status` looks at: one incident, or all that are open, or, where none is, what the last one still owes."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incidentbook import files
from incidentbook.cli import _board
from incidentbook.cli._columns import wrap
from incidentbook.cli._grid import Line, Span
from incidentbook.cli._respond import Desk
from incidentbook.entry import Entry
from incidentbook.errors import UnreadableError
from incidentbook.frozen import frozen
from incidentbook.records.incident import Incident
from incidentbook.records.policy.communications import CommunicationsPolicy
from incidentbook.records.policy.severities import Severities
from incidentbook.records.time import utc_text
from incidentbook.records.vocabulary import Status
from incidentbook.response import board, current
from incidentbook.response.board import Board, Rules
from incidentbook.terminal_text import clean

if TYPE_CHECKING:
    from incidentbook.records.postmortem import Postmortem

_RECENT = 20  # records; nobody asks what those before them owe
_COVERING = 100  # post-mortems of a year that may cover several incidents


@frozen
class View:
    """What was read.

    Attributes:
        incidents: those to show, with their post-mortems.
        whole: whether the one incident is shown whole, and not in a line.
        nothing_open: whether the incident, if there is one, is shown for what it still owes.
        broken: what cannot be read, a sentence each.
        paths: of the files that this was read from.

    """

    place: Desk
    incidents: list[tuple[Incident, Postmortem | None]]
    whole: bool
    nothing_open: bool
    broken: list[str]
    paths: list[str]

    @property
    def standing(self) -> bool:
        """Whether the clock of the knowledge base stands still."""
        return self.place.house.knowledge_base.as_of is not None

    def now(self) -> dt.datetime:
        """Return "now", which goes on after the reading."""
        return self.place.house.now()

    def say(self, moment: dt.datetime, now: dt.datetime) -> str:
        """Say an instant in the knowledge base's zone: to the second today, and with the day otherwise."""
        zone = self.place.house.zone
        local = moment.astimezone(zone)
        return f"{local:%H:%M:%S %Z}" if local.date() == now.astimezone(zone).date() else f"{local:%Y-%m-%d %H:%M %Z}"

    def boards(self, now: dt.datetime) -> list[Board]:
        """Return the boards as they are at ``now``."""
        policy = self.place.house.policy
        rules = Rules(policy(Severities), policy(CommunicationsPolicy), self.place.due)
        return [board.board(one, rules, now, review) for one, review in self.incidents]


def look(place: Desk, named: str, *, every: bool) -> View:
    """Read what is to be shown.

    Args:
        place: where the command works.
        named: the incident that the command line names; empty where it names none.
        every: whether to show all that are open, whatever names one.

    Raises:
        NotFoundError: the incident that is named has no record.
        UnreadableError: the one incident that is to be shown cannot be read.

    """
    pointed = None if every else current.pointed_at(place.root, named, os.environ.get(current.VARIABLE, ""))
    paths = [pointed.path] if pointed else current.open_incidents(place.root)
    whole = len(paths) == 1 and not every
    nothing_open = not paths
    if nothing_open:
        paths, whole = _owing(place), True
    found, broken = [], []
    for path in paths:
        try:
            found.append(read(place, path))
        except UnreadableError as error:
            if whole:
                raise
            broken.append(str(error))
    broken += [f"{entry.path} cannot be read, so its defaults stand in" for entry in place.house.unreadable]
    return View(place, found, whole, nothing_open, broken, paths)


def read(place: Desk, path: str) -> tuple[Incident, Postmortem | None]:
    """Read a record, and its post-mortem once it is over. Raises UnreadableError."""
    if not (place.root / path).exists():
        raise UnreadableError(f"The record is gone: {path}")
    entry: Entry[Incident] = Entry.of_file(place.root, path, digested=False)
    record, problem = entry.record, next(iter(entry.document.problems), None)
    if record is None or problem is not None:
        where = f"{path}:{problem.span.line}:{problem.span.column}: {problem.message}" if problem else path
        raise UnreadableError(f"The record cannot be read: {where}", hint=f"`inc check {path}` says what to mend.")
    return record, None if record.is_open else _review(place.root, path)


def _review(root: Path, path: str) -> Postmortem | None:
    """Return the post-mortem of the incident at ``path``: the one of its name, or one of that year that names it, too."""
    own = f"postmortems/{path.removeprefix('incidents/').removesuffix('.yml')}.md"
    if not (root / own).is_file():
        folder, name = (root / own).parent, Path(own).stem
        others = sorted(folder.glob("*.md"), key=lambda other: (len(other.stem), other.stem))[-_COVERING:]
        naming = [other for other in others if name in other.read_text("utf-8", "replace").split("\n---", 1)[0]]
        if not naming:
            return None
        own = naming[0].relative_to(root).as_posix()
    found: Entry[Postmortem] = Entry.of_file(root, own, digested=False)
    return found.record


def _owing(place: Desk) -> list[str]:
    """Return the last incident that is resolved, and whose post-mortem is still due; of the newest few only."""
    newest = sorted(files.listing(place.root, ["incidents"])[0], key=lambda path: (path[:14], len(path), path))
    for path in reversed(newest[-_RECENT:]):
        with contextlib.suppress(UnreadableError):
            incident, review = read(place, path)
            if incident.status in (Status.RESOLVED, Status.CLOSED) and not board.held(review) and place.due(incident):
                return [path]
    return []


def lines(view: View, columns: int, height: int | None = None) -> list[Line]:
    """Return what is shown, in ``columns`` and in at most ``height`` lines."""
    now = view.now()
    boards = view.boards(now)
    above = _above(view, boards, columns)
    below = [[Span(part)] for text in view.broken for part in wrap(f"! {clean(text)}", columns, 2)]
    if view.standing:
        standing = f"{now.astimezone(view.place.house.zone):%Y-%m-%d %H:%M:%S %Z}"
        text = f"The clock stands still at {standing}: policy/knowledge-base.yml says `as_of`."
        below += [[Span(part, "dim")] for part in wrap(text, columns, 2)]
    if below:
        below.insert(0, [])
    room = None if height is None else max(height - len(above) - len(below), 1)  # a note gives way to what it is beside
    shown = (
        _board.fitted(boards[0], lambda moment: view.say(moment, now), columns, room)
        if view.whole and boards
        else _board.overview(boards, columns)[:room]
    )
    return [*above, *shown, *below][:height]


def _above(view: View, boards: list[Board], columns: int) -> list[Line]:
    if view.nothing_open:
        text = "No incident is open." + (" The last one still owes its post-mortem:" if boards else "")
    elif not view.whole and len(boards) > 1:
        text = f"{len(boards)} incidents are open; `inc status --incident ID` shows one whole"
    else:
        return []
    return [*([Span(part)] for part in wrap(text, columns, 2)), *([[]] if boards else [])]


def plain(view: View) -> dict[str, Any]:
    """Return what is shown as plain data for programs."""
    now = view.now()
    boards = [board.plain(one) for one in view.boards(now)]
    return {
        "now": utc_text(now),
        "standing": view.standing,
        "incidents": [] if view.nothing_open else boards,
        "owes_postmortem": boards[0] if view.nothing_open and boards else None,
        "broken": view.broken,
    }
