"""Fixes that rules offer: what is meant is plain, and only the way in which it is written is not. None where there is a doubt.

No fix changes who may read a record: what was not understood there has kept it narrow, and only its author may widen it.
"""

from __future__ import annotations

import re
from typing import Any

from incidentbook import splice
from incidentbook.entry import Entry
from incidentbook.finding import Fix
from incidentbook.rules.keys import KeyPath
from incidentbook.span import Edit

_GUARDED = re.compile("disclosure|private")


def word(entry: Entry[Any], path: KeyPath, new: str, *, key: bool = False) -> Fix | None:
    """Offer to write the text at ``path``, or its key, as ``new``."""
    if key and _GUARDED.search(new):
        return None
    return _offer(path, f"Write `{new}`", splice.text(entry.document, path, new, key=key))


def raw(entry: Entry[Any], path: KeyPath, new: str, title: str) -> Fix | None:
    """Offer to replace what stands at ``path``, quotes included, by ``new``."""
    return _offer(path, title, splice.raw(entry.document, path, new))


def listed(entry: Entry[Any], path: KeyPath) -> Fix | None:
    """Offer to make a list of the one word at ``path``."""
    return _offer(path, "Make it a list", *(splice.listed(entry.document, path) or ()))


def first_key(entry: Entry[Any], path: KeyPath, key: str, value: str) -> Fix | None:
    """Offer to add ``key: value`` to the mapping at ``path``, before its first key."""
    return _offer(path, f"Add `{key}: {value}`", splice.first_key(entry.document, path, key, value))


def _offer(path: KeyPath, title: str, *edits: Edit | None) -> Fix | None:
    made = tuple(edit for edit in edits if edit is not None)
    return Fix(title, made) if made and not any(_GUARDED.search(str(step)) for step in path) else None
