"""Inline suppressions: comments by which somebody says "not here", for named rules and with a reason. Pure.

In YAML ``# inc: ignore[IB101,blame] reason in words``, in Markdown ``<!-- inc: ignore[IB801] reason in words -->``: at the end of
a line, or on a line of its own above. ``ignore-file`` in place of ``ignore`` means the whole file, wherever it stands.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from incidentbook.document import Document
from incidentbook.entry import Entry
from incidentbook.frozen import frozen
from incidentbook.results.baseline import ABOUT
from incidentbook.rules import Rule, comments
from incidentbook.rules.comments import Comment, Lines
from incidentbook.rules.context import Context
from incidentbook.span import Edit, Span

MARK = "inc:"  # a text without it holds no suppression
_FORM = re.compile(
    r"(?<!\S)(?:#+|<!--)\s*inc:\s*(?P<verb>[\w-]*)\s*(?P<list>\[(?P<words>[^\]]*)\])?(?P<reason>.*?)(?:-->)?\Z",
    re.DOTALL,
)
_WORD = re.compile(r"[^\s,]+")
_MOST_WORDS = 100  # of one comment that have removals: each holds all the others


@frozen
class Word:
    """The name of a rule, as a suppression gives it (`Rule.answers_to` knows what it may be), and where it stands."""

    text: str
    span: Span


@frozen
class Suppression:
    """A suppression as it stands in a file.

    Attributes:
        words: the rules that it names; none where it cannot be read.
        reason: in words; empty where there is none, and then it keeps nothing back.
        span: the comment.
        first: the first line of which it speaks.
        last: the last of them.
        whole: whether it speaks of the whole file.
        removals: for each word the edit that takes it out, with the comment where it is the only one.

    """

    words: tuple[Word, ...]
    reason: str
    span: Span
    first: int
    last: int
    whole: bool = False
    removals: tuple[Edit | None, ...] = ()


def of(document: Document) -> tuple[Suppression, ...]:
    """Return the suppressions of a file in their order, those included that cannot be read (no words) or give no reason."""
    if MARK not in document.text:
        return ()
    lines = Lines(document.text)
    return tuple(found for comment in comments.of(document, lines) for found in _read(document, lines, comment))


def of_file(entry: Entry[Any], context: Context) -> tuple[Suppression, ...]:
    """Do the same for the file that is looked at, once for all rules."""
    return context.once_a_file(("suppressions",), lambda: of(entry.document))


def by_line(there: Iterable[Suppression]) -> Callable[[int], Iterator[Suppression]]:
    """Return what looks up those of the suppressions ``there`` that speak of a line."""
    whole: list[Suppression] = []
    stretches: dict[tuple[int, int], list[Suppression]] = {}
    for each in there:
        (whole if each.whole else stretches.setdefault((each.first, each.last), [])).append(each)
    lines: dict[int, list[list[Suppression]]] = {}
    for (first, last), alike in stretches.items():
        for line in range(first, last + 1):
            lines.setdefault(line, []).append(alike)
    return lambda line: itertools.chain(whole, *lines.get(line, ()))


def _read(document: Document, lines: Lines, comment: Comment) -> Iterator[Suppression]:
    match = _FORM.search(document.text[comment.start : comment.end])
    if match is None or not (match["verb"].lower().startswith("ignore") or match["list"]):
        return
    start = comment.start + match.start()
    words: list[re.Match[str]] = []
    if match["verb"] in ("ignore", "ignore-file") and match["list"]:
        words = list(
            _WORD.finditer(document.text, comment.start + match.start("words"), comment.start + match.end("words"))
        )
    reason = " ".join(match["reason"].split()).strip(" :-–—")  # noqa: RUF001 - dashes of every length
    yield Suppression(
        tuple(Word(word[0], lines.span(*word.span())) for word in words),
        reason if re.search(r"\w", reason) else "",
        lines.span(start, comment.end),
        comment.first,
        comment.last,
        whole=match["verb"] == "ignore-file",
        removals=tuple(
            _removal(document, lines, (start, comment.end), words, gone) if len(words) <= _MOST_WORDS else None
            for gone in words
        ),
    )


def _removal(
    document: Document, lines: Lines, around: tuple[int, int], words: list[re.Match[str]], gone: re.Match[str]
) -> Edit:
    """Return the edit without the word ``gone``. Those of one comment overlap, so that no two are made at once."""
    if len(words) > 1:
        return Edit(words[0].start(), words[-1].end(), ", ".join(word[0] for word in words if word is not gone))
    text, (start, end) = document.text, around
    line, last = lines.of(start), lines.of(end - 1)
    head, tail = text[lines.start(line) : start], text[end : lines.start(last + 1)]
    if (head + tail).strip(" \t\r\n"):
        return Edit(start - (len(head) - len(head.rstrip(" \t"))), end, "")
    between = (
        document.body and line > document.body_line and lines.text(line - 1).strip() and lines.text(last + 1).strip()
    )
    # a paragraph above and one below would become one
    return Edit(lines.start(line), end if between else lines.start(last + 1), "")


def named(word: str, known: Iterable[Rule]) -> list[Rule]:
    """Return those of the rules ``known`` that a suppression means by ``word``; never one that is about suppressions."""
    return [rule for rule in known if not rule.code.startswith(ABOUT) and rule.answers_to(word)]
