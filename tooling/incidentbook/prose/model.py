"""What the detectors say: a category, and a flag with its place, its words and a better way to put it."""

from __future__ import annotations

import enum

from incidentbook.frozen import frozen
from incidentbook.prose.sentences import Sentence
from incidentbook.span import Span


class Category(enum.StrEnum):
    """Why a sentence is flagged."""

    BLAME = "blame"
    COUNTERFACTUAL = "counterfactual"
    HUMAN_ERROR = "human-error"
    NAME = "name"


@frozen
class Hit:
    """A stretch of one sentence's text (``start`` to ``end``, 0-based, end exclusive) and what to say about it."""

    start: int
    end: int
    message: str
    suggestion: str


@frozen
class Flag:
    """One sentence that judges people.

    Attributes:
        span: where the matched words are in the source.
        category: why it is flagged.
        words: the matched words, with single spaces, without the markup between them.
        message: one sentence that says what is wrong.
        suggestion: how to put it instead.
        sentence: the whole sentence, with its own place (``sentence.whole``) and the heading above it.

    """

    span: Span
    category: Category
    words: str
    message: str
    suggestion: str
    sentence: Sentence
