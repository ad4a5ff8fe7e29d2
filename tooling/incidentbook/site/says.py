"""A text that may be long in the making: it is there, or something writes it for whoever comes to need it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Says: TypeAlias = str | Callable[[], str]


def text_of(says: Says) -> str:
    """Return the text."""
    return says if isinstance(says, str) else says()
