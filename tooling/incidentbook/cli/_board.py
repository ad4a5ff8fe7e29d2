"""A board as lines of text: one grid for all that it shows, fitted into the room that there is. No colour carries a meaning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence

from incidentbook.cli._columns import pad, wrap
from incidentbook.cli._grid import NARROW, Density, Line, Row, Section, Span, body, clipped, fit
from incidentbook.records.entries import Remedy
from incidentbook.records.time import Moment, clock, short
from incidentbook.response.board import Board
from incidentbook.response.due import Due
from incidentbook.terminal_text import clean, width

Say = Callable[[dt.datetime], str]
_GLANCE = 600  # seconds


def fitted(board: Board, say: Say, columns: int, height: int | None) -> list[Line]:
    """Return the board in ``columns``; where ``height`` is given, as densely as that many lines need, and cut off only then.

    Args:
        board: what is shown.
        say: writes an instant in the zone of the knowledge base.
        columns: of the terminal.
        height: lines of the terminal; None where they do not matter.

    """
    sections = list(_sections(board, say))

    def draw(density: Density) -> list[Line]:
        lines = [*_head(board, columns, density), *body(sections, columns, density)]
        return [clipped(line, columns) for line in lines]

    roomy = Density(airy=True, lines=3, wrapped=len(sections), rows=tuple(len(section.rows) for section in sections))
    return draw(roomy) if height is None else fit(draw, roomy, height)


def overview(boards: Sequence[Board], columns: int) -> list[Line]:
    """Return a line for each of several incidents; in a narrow terminal two."""
    table = [
        (clean(board.incident.id), _severity(board), _status(board), _longest(board), _late(board)) for board in boards
    ]
    sizes = [max(map(width, column)) for column in zip(*table, strict=True)]
    lines: list[Line] = []
    for board, row in zip(boards, table, strict=True):
        styles = ("bold", "", "", "", "late")
        cells = [
            Span(pad(cell, size) + "  ", style) for cell, size, style in zip(row, sizes, styles, strict=True) if size
        ]
        title = Span(clean(board.incident.title))
        if columns < NARROW:
            lines += [clipped(cells[:3], columns), clipped([Span("  "), *cells[3:], title], columns)]
        else:
            lines.append(clipped([*cells, title], columns))
    return lines


def _severity(board: Board) -> str:
    return board.incident.severity.label if board.incident.severity else "?"


def _status(board: Board) -> str:
    return board.incident.status.value if board.incident.status else "?"


def _longest(board: Board) -> str:
    return clock(board.clocks[0].seconds) if board.clocks else ""


def _late(board: Board) -> str:
    return f"{board.late} late" if board.late else ""


def _head(board: Board, columns: int, density: Density) -> Iterator[Line]:
    incident, lines = board.incident, 2 if density.wrapped else 1
    marks = ["drill"] * incident.exercise + ["near miss"] * incident.near_miss
    status = f"  {', '.join([_status(board), *marks])}"
    severity = f"  {clean(board.severity)}"
    if width(incident.id + severity + status) > columns:
        severity = f"  {_severity(board)}"
    left = [Span(clean(incident.id), "bold"), Span(severity, "bold"), Span(status)]
    right = _longest(board)
    room = columns - sum(width(span.text) for span in left)
    if right and room > len(right):
        left.append(Span(" " * (room - len(right)) + right, "bold"))
    yield clipped(left, columns)
    for part in wrap(clean(incident.title), columns, lines):
        yield [Span(part)]
    kind = incident.type.value if incident.type else "of no type yet"
    services = ", ".join(map(clean, incident.services)) or "no service named"
    for part in wrap(f"{kind}: {services}", columns, lines):
        yield [Span(part, "dim")]


def _sections(board: Board, say: Say) -> Iterator[Section]:
    """Yield what there is to show, and say what is missing where somebody should have done it."""
    coming = [_due(item, board, say) for item in board.coming]
    if coming:
        yield Section("Due", coming)
    passed = [f"from {one.milestone} to {one.until}" if one.until else f"since {one.milestone}" for one in board.clocks]
    clocks = [Row((say(one.since), clock(one.seconds)), text) for one, text in zip(board.clocks, passed, strict=True)]
    if clocks:
        yield Section("Clock", clocks)
    missing = board.incident.is_open  # what nobody has done by the end is no reminder any more
    roles = list(_roles(board, say)) or missing * [Row((), "nobody holds one: inc assign ROLE TEAM", "dim")]
    if roles:
        yield Section("Roles", roles)
    updates = list(_updates(board, say)) or missing * [Row((), "none sent", "dim")]
    if updates:
        yield Section("Updates", updates)
    entries = [
        Row((say(entry.at.at) if entry.at else "no time",), ("private: " if entry.private else "") + clean(entry.text))
        for entry in board.entries
    ]
    if entries:
        yield Section("Timeline", entries, newest_last=True)
    if board.hypotheses:
        yield Section("Hypotheses", [Row((), clean(idea.text)) for idea in board.hypotheses])
    if board.remedies:
        yield Section("To do now", [Row((), clean(_remedy(step))) for step in board.remedies])


def _due(item: Due, board: Board, say: Say) -> Row:
    late = item.late(board.now)
    what = clean(item.what)
    if not board.incident.is_open and board.postmortem_on:
        what += f" (planned for {board.postmortem_on})"
    return Row((say(item.at), apart(item, board.now)), what, "late" if late else "")


def apart(item: Due, now: dt.datetime) -> str:
    """Say how far away something due is: ``in 5 min``, or ``5 min late``."""
    seconds = (item.at - now).total_seconds()
    return f"{brief(-seconds)} late" if item.late(now) else f"in {brief(seconds)}"


def brief(seconds: float) -> str:
    """Say a duration as one reads it at a glance: without its seconds from ten minutes on."""
    return short(seconds - seconds % 60 if seconds >= _GLANCE else seconds)


def _ago(moment: Moment | None, board: Board, say: Say) -> tuple[str, str]:
    if moment is None:
        return "", ""
    return say(moment.at), brief((board.now - moment.at).total_seconds())


def _roles(board: Board, say: Say) -> Iterator[Row]:
    for role in board.roles:
        at, held = _ago(role.from_, board, say)
        yield Row((at, held and f"for {held}"), f"{clean(role.role)}: {clean(role.holder)}")


def _updates(board: Board, say: Say) -> Iterator[Row]:
    told = board.told
    if told is not None:
        at, ago = _ago(told.at, board, say)
        where = clean(" over ".join(part for part in (told.audience, told.channel) if part))
        yield Row((at, f"{ago} ago"), f"to {where}: {clean(told.text)}")
    coming = board.next_update
    if coming is not None:
        late = "late" if coming.late(board.now) else ""
        yield Row((say(coming.at), apart(coming, board.now)), f"{'next' if told else 'first'} one due", late)


def _remedy(step: Remedy) -> str:
    return f"{step.text} ({step.status})" if step.status else step.text
