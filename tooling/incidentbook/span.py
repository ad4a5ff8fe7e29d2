"""A stretch of a file, and a change of one. No I/O."""

from __future__ import annotations

from typing import NamedTuple

from incidentbook.frozen import frozen


class Span(NamedTuple):
    """A stretch of a file: 1-based lines and columns, columns in Unicode code points, the end exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@frozen
class Edit:
    """Replace the characters ``start`` to ``end`` (0-based offsets, end exclusive) of a file's text by ``text``."""

    start: int
    end: int
    text: str
