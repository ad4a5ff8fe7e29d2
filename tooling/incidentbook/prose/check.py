"""All detectors over one text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from incidentbook.prose import blame, counterfactuals, human_error, names
from incidentbook.prose.model import Category, Flag, Hit
from incidentbook.prose.sentences import WORD, Sentence, sentences

# In this order one match hides a later one that shares words with it: "should have known" is one complaint, not two.
_DETECTORS = (
    (Category.HUMAN_ERROR, human_error.find),
    (Category.COUNTERFACTUAL, counterfactuals.find),
    (Category.BLAME, blame.find),
    (Category.NAME, names.find),
)


def flags(text: str, *, markdown: bool = True) -> Iterator[Flag]:
    """Yield what is flagged in ``text``, in its order: at most one flag of each category in a sentence.

    Args:
        text: a whole file, front matter included (it is skipped), or the value of one field.
        markdown: whether the text is Markdown; plain text has paragraphs and sentences only.

    """
    for sentence in sentences(text, markdown=markdown, worth=may_flag):
        if _may_flag(sentence.text, sentence.words):
            yield from _flags(sentence)


def may_flag(text: str) -> bool:
    """Whether plain text holds a word or a sign that some detector begins with: most do not, and need no closer look."""
    return _may_flag(text, WORD.findall(text.lower()))


def _may_flag(text: str, words: Iterable[str]) -> bool:
    return not _TRIGGERS.isdisjoint(words) or names.has_sign(text)


_TRIGGERS = human_error.TRIGGERS | counterfactuals.TRIGGERS | blame.TRIGGERS | names.TRIGGERS


def _flags(sentence: Sentence) -> list[Flag]:
    hits: list[tuple[Category, Hit]] = []
    for category, find in _DETECTORS:
        hit = find(sentence)
        if hit is not None and not any(_overlap(hit, other) for _, other in hits):
            hits.append((category, hit))
    hits.sort(key=lambda pair: pair[1].start)
    return [
        Flag(
            sentence.span(hit.start, hit.end),
            category,
            sentence.text[hit.start : hit.end],
            hit.message,
            hit.suggestion,
            sentence,
        )
        for category, hit in hits
    ]


def _overlap(one: Hit, other: Hit) -> bool:
    return one.start < other.end and other.start < one.end
