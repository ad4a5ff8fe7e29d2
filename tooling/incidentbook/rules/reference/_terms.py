"""What the rules about names in policy share: a name, where it may stand, and the policy that has to know it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from incidentbook.repository import Entry
from incidentbook.rules import Hit, Place, walk, words
from incidentbook.rules.context import Context


def unknown(
    entry: Entry[Any], context: Context, where: Mapping[str, Sequence[str]], policy: str, noun: str
) -> Iterator[Hit]:
    """Yield a hit at every text at the places ``where`` that is no key of ``<noun>s`` in the policy file ``policy``."""
    terms = context.terms(policy, f"{noun}s")
    if terms is None:
        return
    known = frozenset(terms)
    for path, name in walk.all_texts(entry.document.value, where[entry.kind]):
        if name not in known:
            source = context.repo.policies[policy]
            message = f"There is no {noun} `{words.shown(name)}` in {source.path}{words.suggestion(name, terms)}"
            listed = Place(source, (f"{noun}s",), key=True, message=f"the {noun}s of this knowledge base")
            yield Hit(Place(entry, path), message, f"Correct the name, or add the {noun} there.", related=(listed,))
