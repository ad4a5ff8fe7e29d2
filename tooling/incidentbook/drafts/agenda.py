"""An agenda whose minutes add up: rows of a Markdown table that begin with a share (`| 8 % |`) get their times."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction

from incidentbook.errors import EditError

_ROW = re.compile(r"^(\|[ \t]*)([0-9]{1,3})[ \t]*%(?=[ \t]*\|)", re.MULTILINE)


def timed(text: str, length: dt.timedelta, begin: dt.datetime | None) -> str:
    """Return a text in which each share of the meeting is its time.

    Args:
        text: Markdown; its shares need not add up to a hundred.
        length: of the meeting; its whole minutes are shared out.
        begin: when it begins, in the zone of its readers; None where that is not known, and minutes count from its start.

    Raises:
        EditError: there are more points than minutes.

    """
    shares = [int(row[2]) for row in _ROW.finditer(text)]
    minutes = int(length.total_seconds() // 60)
    if minutes < len(shares):
        raise EditError(f"{len(shares)} points of an agenda do not fit into {minutes} minutes")
    times = _times(_apportioned(shares, minutes), begin)
    return _ROW.sub(lambda row: f"{row[1]}{next(times)}", text)


def _apportioned(shares: Sequence[int], whole: int) -> list[int]:
    """Return ``whole`` shared out: each at least one, the rest by largest remainders, of equal ones to the earlier."""
    total, left = sum(shares), whole - len(shares)
    exact = [Fraction(share * left, total) if total else Fraction(left, len(shares)) for share in shares]
    found = [int(part) for part in exact]
    largest = sorted(range(len(shares)), key=lambda index: (found[index] - exact[index], index))
    for index in largest[: left - sum(found)]:
        found[index] += 1
    return [part + 1 for part in found]


def _times(minutes: Sequence[int], begin: dt.datetime | None) -> Iterator[str]:
    reached = 0
    for each in minutes:
        edges = reached, reached + each
        if begin is None:
            said = " to ".join(f"{edge // 60}:{edge % 60:02}" for edge in edges)
        else:
            said = " to ".join(f"{begin + dt.timedelta(minutes=edge):%H:%M}" for edge in edges)
        yield f"{said} ({each} min)"
        reached += each
