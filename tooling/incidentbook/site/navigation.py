"""The navigation: the kinds of page in their order, then whatever else the knowledge base keeps in its ``docs`` folder."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from incidentbook.site.page import Page

Item: TypeAlias = "str | dict[str, str | list[Item]]"
GUIDE = "Guide"
_FIRST = ("index.md", "README.md")


def compose(pages: Iterable[Page], own: Sequence[str]) -> list[Item]:
    """Return the navigation in the form of ``mkdocs.yml``.

    Args:
        pages: all rendered pages; those with a parent are reached through it and stay out, since a theme writes the whole
            navigation into every page.
        own: paths of the Markdown files in ``docs``, which go under one entry.

    """
    items: list[Item] = [{page.title: page.path} for page in pages if not page.parent]
    guide = _folder(own, "")
    return [*items, {GUIDE: guide}] if guide else items


def _folder(paths: Sequence[str], folder: str) -> list[Item]:
    """Return the entries of a folder: its index, then pages, then folders; ``guide`` stands for its parent."""
    here = sorted((path for path in paths if posixpath.dirname(path) == folder), key=_order)
    inside = {
        path[len(folder) :].lstrip("/").split("/", 1)[0]
        for path in paths
        if path.startswith(folder) and path not in here
    }
    items: list[Item] = []
    if not folder and GUIDE.lower() in inside:
        inside.remove(GUIDE.lower())
        items += _folder([path for path in paths if path.startswith(f"{GUIDE.lower()}/")], GUIDE.lower())
    items += here
    for name in sorted(inside):
        path = posixpath.join(folder, name)
        items.append({_title(name): _folder([item for item in paths if item.startswith(f"{path}/")], path)})
    return items


def _order(path: str) -> tuple[bool, str]:
    return posixpath.basename(path) not in _FIRST, path


def _title(name: str) -> str:
    words = name.replace("-", " ").replace("_", " ")
    return words[:1].upper() + words[1:]
