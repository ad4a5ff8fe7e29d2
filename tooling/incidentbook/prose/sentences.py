"""Markdown or plain text to sentences, each of which knows the line and column of every one of its characters."""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from incidentbook.prose.blocks import Block, Kind, blocks, paragraphs
from incidentbook.prose.inline import BREAK, FILLER, masked, with_handles
from incidentbook.span import Span

__all__ = ["WORD", "Kind", "Sentence", "sentences"]

_END = re.compile(rf"{BREAK}|[.!?…]+[\"')\]”’*_]*(?=\s+[\"'(\[“‘*_]*[A-Z0-9@À-Þ\ufffc]|\s*$)")
# A full stop after these ends no sentence: titles, Latin, units and the like. Single letters (initials) are taken alike.
_ABBREVIATIONS = frozenset(
    "al approx ca cf corp dept dr e.g eg esp est etc ext fig i.e ie inc incl jr ltd max min mr mrs ms mx no nr op "
    "p.m a.m pp prof resp sec sr st tel temp vs vol u.s u.k jan feb mar apr jun jul aug sep sept oct nov dec".split(),
)
_LAST_WORD = re.compile(r"[\w.]*\w(?=\.$)")
WORD = re.compile(r"[a-zß-ÿ]+")
_LETTER = re.compile(WORD.pattern, re.IGNORECASE)
_FILLERS = re.compile(f"{FILLER}+")
# Chat logs are what somebody said at the time, not what the author writes about it.
_TRANSCRIPT = re.compile(r"\b(?:chat|slack|irc)\b.*\b(?:logs?|transcripts?)\b|\btranscript\b")


class Sentence(NamedTuple):
    """One sentence; a tuple, as a table may have a quarter of a million cells, and those are made in a third of the time.

    Attributes:
        text: its words with single spaces; emphasis and link targets are gone, code and URLs are one filler each.
        kind: what it stands in.
        section: the heading above it, in lower case; empty before the first.
        words: the runs of letters in it, in lower case: what a detector looks at first, as it costs next to nothing.
        raw: the same, blanked but as long as in the source, where it begins at ``offset`` (0-based).
        starts: offsets of the beginnings of the source's lines.

    """

    text: str
    kind: Kind
    section: str
    words: frozenset[str]
    raw: str
    offset: int
    starts: tuple[int, ...]

    @property
    def whole(self) -> Span:
        """Where all of it is in the source."""
        return self.span(0, len(self.text))

    def span(self, start: int, end: int) -> Span:
        """Return where ``text[start:end]`` is in the source."""
        places = _places(self.raw)
        line, column = self._position(self.offset + places[start])
        end_line, end_column = self._position(self.offset + places[max(end, start + 1) - 1] + 1)
        return Span(line, column, end_line, end_column)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self.starts, offset)
        return line, offset - self.starts[line - 1] + 1


def sentences(text: str, *, markdown: bool = True, worth: Callable[[str], bool] = bool) -> Iterator[Sentence]:
    """Yield the sentences of ``text`` in their order; those of code, quotations, chat logs and front matter are left out.

    So are those of a block of whose prose ``worth`` says no.
    """
    starts = (0, *(match.end() for match in re.finditer("\n", text)))
    for block, prose in _read(text, markdown=markdown):
        if worth(prose):
            for start, raw in _split(prose):
                short = _collapsed(raw)
                words = frozenset(WORD.findall(short.lower()))
                if words:
                    yield Sentence(short, block.kind, block.section, words, raw, block.offset + start, starts)


@functools.lru_cache(maxsize=1)  # several detectors read a file, one after the other
def _read(text: str, *, markdown: bool) -> tuple[tuple[Block, str], ...]:
    """Return the blocks that hold a word, each with its prose."""
    return tuple(
        (block, masked(block.text, markdown=markdown))
        for block in (blocks(with_handles(text)) if markdown else paragraphs(text))
        if _LETTER.search(block.text) and not _TRANSCRIPT.search(block.section)
    )


def _split(text: str) -> Iterator[tuple[int, str]]:
    """Yield where each sentence of a block begins, and its characters."""
    start, last = 0, len(text.rstrip())
    ends = [
        end.end()
        for end in _END.finditer(text)
        if not _abbreviated(text[max(0, end.start() - 12) : end.start() + 1]) or end.end() == last
    ]
    for end in (*ends, len(text)):
        piece = text[start:end].replace(BREAK, " ").rstrip()
        raw = piece.lstrip()
        if raw:
            yield start + len(piece) - len(raw), raw
        start = end


def _abbreviated(text: str) -> bool:
    last = _LAST_WORD.search(text)
    return last is not None and (
        last.group().lower() in _ABBREVIATIONS or (len(last.group()) == 1 and last.group().isalpha())
    )


def _collapsed(raw: str) -> str:
    text = " ".join(raw.split())
    return _FILLERS.sub(FILLER, text) if FILLER in text else text


@functools.lru_cache(maxsize=64)
def _places(raw: str) -> tuple[int, ...]:
    """Return for each character of the collapsed text where it is in ``raw``."""
    return tuple(match.start() for match in re.finditer(r"\ufffc+|\s+|[^\s\ufffc]", raw))
