"""What a check says: a finding, where it is, and how to mend it. No I/O."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Grade(enum.StrEnum):
    """How much a finding matters. Only errors and warnings fail a run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file: 1-based lines and columns, columns in Unicode code points, the end exclusive."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the characters ``start`` to ``end`` (0-based offsets, end exclusive) of a file's text by ``text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits of one file that mend a finding. A safe fix cannot change what the record means."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a finding is about: a change there can mend it too."""

    path: str
    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, at one place.

    Attributes:
        code: the rule's code, such as ``IB101``.
        rule: the rule's name, such as ``schema``.
        path: the file, relative to the root of the knowledge base, with forward slashes.
        message: one sentence that a newcomer understands.
        hint: what to do next; may be empty.
        related: other places that it is about, in this file or another.

    """

    code: str
    rule: str
    path: str
    span: Span
    message: str
    hint: str = ""
    grade: Grade = Grade.ERROR
    fix: Fix | None = None
    related: tuple[Related, ...] = ()

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        """Order of a report: by file, place, code, message."""
        return (self.path, self.span, self.code, self.message)
