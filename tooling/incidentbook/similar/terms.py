"""Words to terms: what two texts can have in common. English only, and simple: an ending is cut, a stop word is passed over."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W\d_][^\W_]{2,}")
_NO_PROSE = re.compile(r"https?://\S+|<!--.*?-->|&[a-z]+;", re.DOTALL)
_VOWEL = re.compile("[aeiouy]")
_SHORTEST = 3  # letters that are left of a word

# what any account of any incident says, besides the words that any English text says
STOP_WORDS = frozenset(
    """
    about above across action actions after again against all also although always among and another any are around
    because been before being below between both but came can cannot caused causing cest cet could did does doing done
    down due during each else even event events every few first for found from further get gets getting gone got had
    happened has have having help her here hers him his how however incident incidents instead into issue issues item
    items its itself just know known later least led less like made make makes making many may meant might more most
    much must need needed needs neither never next nor not note nothing now occur occurred off once one only onto other
    others our out over own per post postmortem put rather resolved root same saw see seen several she should showed
    since some started still such summary take taken team than that the their them then there these they thing things
    this those though three through thus time timeline times too took two under until upon use used user users using utc
    very via was way well went were what when where whether which while who why will with within without would yet you
    your
    """.split()  # noqa: SIM905 - a list of so many words is not read one to a line
)


def terms(text: str) -> Iterator[tuple[str, str]]:
    """Yield the terms of a text in its order, each with the word that it was made from."""
    for found in _WORD.finditer(_NO_PROSE.sub(" ", text).lower()):
        word = found[0]
        if word not in STOP_WORDS:
            yield stem(word), word


@functools.cache
def stem(word: str) -> str:
    """Return what is left of a word without the endings of plural, past and present: *retries* and *retried* are one term."""
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("ss", "ss"),
        ("us", "us"),
        ("is", "is"),
        ("s", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST - 1:
            word = word.removesuffix(ending) + instead
            break
    for ending in ("ing", "ed"):
        left = word.removesuffix(ending)
        if left != word and len(left) >= _SHORTEST and _VOWEL.search(left):
            word = left[:-1] if left[-1] == left[-2] and left[-1] not in "lsz" else left
            break
    return word.removesuffix("e") if len(word) > _SHORTEST else word
