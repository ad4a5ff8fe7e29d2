"""How a detector is written: patterns as data, tried only where one of their words occurs, compiled only when tried."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from incidentbook.frozen import frozen
from incidentbook.prose import people
from incidentbook.prose.model import Hit
from incidentbook.prose.sentences import Sentence

_NAMES = {
    "<people>": people.PEOPLE,
    "<whose>": people.WHOSE,
    "<anyone>": people.ANYONE,
    "<others>": people.OTHERS,
    "<operators>": people.OPERATORS,
    "<tail>": people.TAIL,
    "<aux>": people.AUXILIARIES,
    "<duty>": people.DUTIES,
    "<not>": r"(?:n['’]?t|[ ]not|[ ]never)",
}


_WINDOW = 400  # characters around a match in which an excuse counts: longer than nearly all sentences
_PERSONAL = re.compile(r"<(?:people|whose|anyone|others|operators)>")


@frozen
class Advice:
    """What is wrong with a way of putting things, and how to put it instead."""

    message: str
    suggestion: str


@frozen
class Pattern:
    """One way of putting things.

    Attributes:
        triggers: words (runs of letters, lower case), at least one of which every match holds.
        regex: what is flagged; ``<people>`` and the like stand for the patterns of ``people.py``.
        advice: what to say about it.
        unless: the sentence is left alone where this is found before the match or in it.
        unless_after: the sentence is left alone where this is found in the match or after it.

    """

    triggers: str
    regex: str
    advice: Advice
    unless: str = ""
    unless_after: str = ""

    def find(self, text: str) -> Hit | None:
        """Return the first match that nothing excuses."""
        for match in _compiled(self.regex).finditer(people.marked(text) if _PERSONAL.search(self.regex) else text):
            if self.unless and _compiled(self.unless).search(text[max(0, match.start() - _WINDOW) : match.end()]):
                continue
            if self.unless_after and _compiled(self.unless_after).search(text[match.start() : match.end() + _WINDOW]):
                continue
            return Hit(match.start(), match.end(), self.advice.message, self.advice.suggestion)
        return None


class Detector:
    """Patterns, found by their triggers."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        self._patterns = tuple(patterns)
        self._by_word: dict[str, list[int]] = {}
        for number, pattern in enumerate(self._patterns):
            for word in pattern.triggers.split():
                self._by_word.setdefault(word, []).append(number)

    @property
    def triggers(self) -> frozenset[str]:
        """The words without one of which nothing is found."""
        return frozenset(self._by_word)

    def find(self, sentence: Sentence) -> Hit | None:
        """Return the match of the first pattern that has one."""
        words = self._by_word.keys() & sentence.words
        for number in sorted({number for word in words for number in self._by_word[word]}):
            hit = self._patterns[number].find(sentence.text)
            if hit is not None:
                return hit
        return None


@functools.cache
def _compiled(regex: str) -> re.Pattern[str]:
    for name, meaning in _NAMES.items():
        regex = regex.replace(name, meaning)
    return re.compile(regex, re.IGNORECASE)
