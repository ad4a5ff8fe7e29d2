"""Texts as vectors: TF-IDF weights and the cosine between them. Numbers and terms only.

Weights are (1 + ln n) ln(1 + N / d) for a term that a text has n times and d of N texts have (Salton and Buckley 1988, *Term
weighting approaches in automatic text retrieval*; the 1 keeps a term that both of two texts have from weighing nothing). A
term of one text only is left out, for it can join nothing and would make long texts unlike everything.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping

Vector = Mapping[str, float]


def weigh(counts: Mapping[str, Mapping[str, float]]) -> dict[str, Vector]:
    """Return a vector of length 1 for each text, by its name, from how often it has each term (all zero where none is shared)."""
    frequency = Counter(term for text in counts.values() for term in text)
    size = len(counts)
    rarity = {term: math.log(1 + size / held) for term, held in frequency.items() if held > 1}
    return {
        name: _unit({term: (1 + math.log(n)) * rarity[term] for term, n in text.items() if term in rarity})
        for name, text in counts.items()
    }


def shared(one: Vector, other: Vector) -> dict[str, float]:
    """Return what each common term adds to the cosine of two vectors, the most first and then by name."""
    if len(other) < len(one):
        one, other = other, one
    found = {term: weight * other[term] for term, weight in one.items() if term in other}
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _unit(vector: dict[str, float]) -> Vector:
    length = math.sqrt(math.fsum(weight * weight for weight in vector.values()))
    return {term: weight / length for term, weight in vector.items()} if length else {}
