"""What an issue says of an item: its title, and a part of its body between two comments. All else in the body is people's.

The comment before names the item, and is what an issue is found again by; the one behind holds the `Base`.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from incidentbook.frozen import frozen
from incidentbook.github.issue import Base
from incidentbook.markdown import escape
from incidentbook.records.action_item import ActionItem
from incidentbook.terminal_text import printable

_OPENS = re.compile(r"<!-- incidentbook: (AI-[0-9]{4}-[0-9]{3,}-[0-9]+) -->\n?")
_CLOSES = re.compile(r"\n?<!-- /incidentbook (\{[^\n]*\}) -->")
_TITLE, _PROSE = 256, 20_000  # characters: what GitHub takes in a title, and a third of what it takes in a body
_CALLS = re.compile(r"(?<=[@#])(?=\w)")


@frozen
class Letter:
    """An item as the reader of an issue may know it: names are for people, and what is narrower is not in it."""

    item: ActionItem
    incidents: tuple[str, ...] = ()
    path: str = ""
    owner: str = ""

    @property
    def title(self) -> str:
        """The title of the issue."""
        end = f" ({self.item.id})"
        plain = printable(self.item.title)
        return (plain if len(plain + end) <= _TITLE else f"{plain[: _TITLE - len(end) - 1]}…") + end

    @property
    def text(self) -> str:
        """The part of the body that is the record's, without its comments."""
        item = self.item
        again = f", again by {item.recurrence}" if item.recurrence else ""
        until = f" until {item.accepted_until}" if item.accepted_until else ""
        rows = {
            "After": ", ".join(self.incidents),
            "Owner": self.owner,
            "Due": f"{item.due}{again}" if item.due else "",
            "Status": f"{item.status.label}{until}" if item.status else "",
            "Priority": item.priority.capitalize(),
            "Helps to": item.kind,
        }
        table = [f"| {name} | {quiet(value)} |" for name, value in rows.items() if value]
        description = [_prose(item.description), ""] if item.description else []
        source = f"Written from `{self.path}` by `inc actions sync`: change it there. What stands above or below stays."
        return "\n".join([*description, "| | |", "| --- | --- |", *table, "", source])


class Part(NamedTuple):
    """The part of a body that is the record's.

    Attributes:
        item: the id that stands in the comment before it.
        text: what stands there now; None where the comment behind it is gone, and nobody knows where it ends.
        base: what both sides last agreed on; None where that cannot be read any more.
        start: where it begins in the body, with its comment.
        end: where it ends.

    """

    item: str
    text: str | None
    base: Base | None
    start: int
    end: int


def part(body: str) -> Part | None:
    """Return the part of ``body`` that is the record's; None where it has none."""
    opened = _OPENS.search(body)
    if opened is None:
        return None
    closed = _CLOSES.search(body, opened.end())
    if closed is None:
        return Part(opened[1], None, None, opened.start(), opened.end())
    text = body[opened.end() : closed.start()]
    return Part(opened[1], text, Base.read(closed[1]), opened.start(), closed.end())


def with_part(body: str, item_id: str, text: str, base: Base) -> str:
    """Return ``body`` with the record's part in its place, or at the end where it had none; all else stays."""
    made = f"<!-- incidentbook: {item_id} -->\n{text}\n<!-- /incidentbook {base.written()} -->"
    old = part(body)
    if old is not None:
        return f"{body[: old.start]}{made}{body[old.end :]}"
    return f"{body.rstrip()}\n\n{made}" if body.strip() else made


def plain(body: str) -> str:
    """Return a body with the line ends that everything here is made of: a browser sends others."""
    return body.replace("\r\n", "\n")


def digest(text: str) -> str:
    """Return what a text is known again by, whatever blanks its lines end in."""
    lines = "\n".join(line.rstrip() for line in text.strip().split("\n"))
    return hashlib.sha256(lines.encode()).hexdigest()[:16]


def _prose(text: str) -> str:
    """Return a description as it is sent; one that would not fit is cut, and says so. Marks take more room than they had."""
    room = _PROSE
    while len(said := quiet(text[:room])) > _PROSE:
        room = room * _PROSE // len(said) - 1
    return said if room >= len(text) else f"{said} … (cut: the record has all of it)"


def quiet(text: str) -> str:
    """Return prose that renders as it reads: no markup, nobody called by ``@name``, no other issue linked by ``#1``."""
    return _CALLS.sub("<!-- -->", escape(text))
