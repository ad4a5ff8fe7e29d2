"""What a check says: a finding, where it is, and how to mend it. No I/O."""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from incidentbook.frozen import frozen
from incidentbook.span import Edit, Span


class Grade(enum.StrEnum):
    """How much a finding matters. Only errors and warnings fail a run."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@frozen
class Fix:
    """Edits of one file that mend a finding. A safe fix cannot change what the record means."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


@frozen
class Related:
    """Another place that a finding is about: a change there can mend it too."""

    path: str
    span: Span
    message: str


@frozen
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

    def to_plain(self) -> list[Any]:
        """Return it as lists, texts and numbers, for a file that `from_plain` reads."""
        fix = self.fix and [self.fix.title, [[e.start, e.end, e.text] for e in self.fix.edits], self.fix.safe]
        related = [[near.path, _plain(near.span), near.message] for near in self.related]
        return [
            self.code, self.rule, self.path, _plain(self.span), self.message, self.hint, self.grade.value, fix, related
        ]  # fmt: skip

    @classmethod
    def from_plain(cls, plain: Sequence[Any]) -> Finding:
        """Return the finding that `to_plain` wrote."""
        code, rule, path, span, message, hint, grade, fix, related = plain
        return cls(
            code,
            rule,
            path,
            Span(*span),
            message,
            hint,
            Grade(grade),
            Fix(fix[0], tuple(Edit(*edit) for edit in fix[1]), fix[2]) if fix else None,
            tuple(Related(near, Span(*place), said) for near, place, said in related),
        )

    @property
    def sort_key(self) -> tuple[str, Span, str, str]:
        """Order of a report: by file, place, code, message."""
        return (self.path, self.span, self.code, self.message)


def narrow(findings: Iterable[Finding], paths: Collection[str]) -> tuple[Finding, ...]:
    """Return the findings in the files ``paths``, and those elsewhere that are about one of them.

    A duplicate id is reported for either file, and an unknown service for the policy file that lost it.
    """
    wanted = frozenset(paths)
    return tuple(
        finding
        for finding in findings
        if finding.path in wanted or any(place.path in wanted for place in finding.related)
    )


def _plain(span: Span) -> list[int]:
    return [span.line, span.column, span.end_line, span.end_column]
