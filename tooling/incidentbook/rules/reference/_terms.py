"""What the rules about names in policy share: a name, where it may stand, and the policy that has to know it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from incidentbook.entry import Entry
from incidentbook.rules import Hit, Place, offers, walk, words
from incidentbook.rules.context import Context

FIX = """\
A name that differs from exactly one known name in nothing but case, blanks, hyphens and underscores is written as that one:
`Public API` as `public-api`."""


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
            hint = f"Correct the name, or add the {noun} there."
            meant = words.canonical(name, terms)
            fix = offers.word(entry, path, meant) if meant is not None else None
            yield Hit(Place(entry, path), message, hint, related=(listed,), fix=fix)
