"""Human error as the explanation.

What it checks
    The same texts as `blame`: no sentence puts an incident down to human error or to a person's action. And no chain of causes
    ends there: neither the last answer of `five_whys`, nor a cause to which no other leads, by its text or by its factor.

Why it matters
    People err every day, and mostly nothing comes of it. Why it made sense, and why nothing caught it, is what can be mended.

Bad example
    # postmortems/2025/INC-2025-001.md
    five_whys:
      - {why: Why did the promotion fail?, because: The wrong cluster was named}
      - {why: Why was the wrong cluster named?, because: User error}

Good example
    # postmortems/2025/INC-2025-001.md
    five_whys:
      - {why: Why did the promotion fail?, because: The wrong cluster was named}
      - {why: Why was the wrong cluster named?, because: The names of both clusters differ in one letter}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from incidentbook.entry import Entry
from incidentbook.finding import Grade
from incidentbook.rules import Hit, KeyPath, Place, walk, words
from incidentbook.rules.context import Context
from incidentbook.rules.language import _flags
from incidentbook.rules.passages import Passage

CODE = "IB803"
NAME = "human-error"
SUMMARY = "An explanation stops at human error"
GRADE = Grade.WARNING
KINDS = _flags.KINDS
_ENDS = "The chain of causes ends at human error"
_HINT = (
    "Ask once more: why did the action make sense, and why did nothing catch it? Write that answer as the next cause."
)
# In the place of a cause these words say it all, where in running text they need others around them.
_AS_CAUSE = re.compile(
    r"\b(?:human|operator|manual|user|engineer|developer|administrator|staff)[ -](?:errors?|mistakes?|oversights?|slips?)\b",
    re.IGNORECASE,
)
_FACTOR = re.compile(r"(?:human|operator|user|manual)-(?:errors?|mistakes?|factors?|failures?)")


def check(entry: Entry[Any], context: Context) -> Iterator[Hit]:
    """Yield a hit at the words that end the explanation."""
    value = entry.document.value
    ends = set(_ends(value)) if entry.kind == "postmortem" and isinstance(value, dict) else set()
    flagged = set()
    for passage, flag in _flags.flags(entry, context):
        if flag.category == "human-error":
            flagged.add(passage.path)
            yield _flags.hit(passage, flag, _ENDS if passage.path in ends else "")
    for path, text in walk.all_texts(value, ("five_whys.*.because", "causes.nodes.*.text")):
        found = _AS_CAUSE.search(text) if path in ends and path not in flagged else None
        if found is not None:
            yield Hit(Passage(entry, path, text).place(*found.span()), f"{_ENDS}: “{found[0]}”", _HINT)
    for path, factor in walk.texts(value, "causes.nodes.*.factor"):
        if (*path[:-1], "text") in ends and _FACTOR.fullmatch(factor):
            yield Hit(Place(entry, path), f"{_ENDS}: the factor `{words.shown(factor)}`", _HINT)


def _ends(value: dict[str, Any]) -> Iterator[KeyPath]:
    """Yield the paths of the texts at which a chain of causes ends: an edge leads from a cause to what it brought about."""
    whys = value.get("five_whys")
    if isinstance(whys, list):
        yield ("five_whys", len(whys) - 1, "because")
    caused = [target for _, target in walk.texts(value, "causes.edges.*.to")]  # an id may be anything, a list too
    for path, node in walk.find(value, "causes.nodes.*"):
        if isinstance(node, dict) and node.get("id") not in caused:
            yield (*path, "text")
