"""Paths of files of the interface, as the index and the files themselves give them."""

from __future__ import annotations


def of(page: str) -> str:
    """Return the path, below the interface, of the file that holds the record of ``page``."""
    return f"{page.removesuffix('.md')}.json"


def seen_from(path: str, target: str | None) -> str | None:
    """Return ``target`` as an address in the file ``path``; both stand below the interface."""
    return "../" * path.count("/") + target if target else None
