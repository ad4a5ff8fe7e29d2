"""How things are said in few words: numbers of things, names of our vocabularies, and texts that are too long for their place."""

from __future__ import annotations

from collections.abc import Sequence


def count(number: int, one: str, many: str = "") -> str:
    """Return a number of things: ``1 incident``, ``1,200 incidents``; ``many`` where that is not ``one`` with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def some(names: Sequence[str], most: int) -> str:
    """Return at most ``most`` of some names, and how many more there are; imports may name a hundred services."""
    left = len(names) - most
    return ", ".join(names[:most]) + (f" and {left:,} more" if left > 0 else "")


def label(slug: str) -> str:
    """Return a slug as words: ``Incident commander``."""
    return slug.replace("-", " ").capitalize()


def shortened(said: str, longest: int) -> str:
    """Return a text cut at a word where it has more than ``longest`` characters."""
    return said if len(said) <= longest else said[: longest - 1].rsplit(" ", 1)[0] + "…"
