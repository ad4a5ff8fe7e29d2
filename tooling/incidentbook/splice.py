"""Splices that a check offers as fixes: cheap, exact, and none wherever YAML leaves a doubt. No I/O.

`edit` proves each of its edits by reading the whole text again, and a check that offers thousands cannot. So nothing is proven
here: whoever applies a splice reads the result (`rules.fixing` does), and what an anchor or an alias could touch is refused.
"""

from __future__ import annotations

import re
from itertools import pairwise

import yaml

from incidentbook.document import BREAK, Document
from incidentbook.edit import Path
from incidentbook.span import Edit
from incidentbook.yaml12 import resolve

_PLAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._/+:-]*[A-Za-z0-9])?\Z")  # plain anywhere, in flow collections too
_QUOTED = re.compile(r"[A-Za-z0-9._/+:@ -]*\Z")  # stands in either kind of quotes as it is


def text(document: Document, path: Path, new: str, *, key: bool = False) -> Edit | None:
    """Return the edit that makes the text at ``path``, or its key, be ``new``: in the quotes that it stands in.

    None where the path leads past an anchor or an alias, where the text stands on several lines, and for a ``new`` that is no
    simple word.
    """
    found = _scalar(document, path, key=key)
    if found is None or not _QUOTED.match(new):
        return None
    start, end, quote = found
    if not quote and (not _PLAIN.match(new) or resolve(new) != new):
        quote = "'"
    return Edit(start, end, f"{quote}{new}{quote}")


def raw(document: Document, path: Path, new: str) -> Edit | None:
    """Return the edit that replaces what is written at ``path``, quotes included, by ``new`` as it is; None as above."""
    found = _scalar(document, path)
    return None if found is None else Edit(found[0], found[1], new)


def listed(document: Document, path: Path) -> tuple[Edit, Edit] | None:
    """Return the edits that put brackets around the one word at ``path``; None where it is not one, and as above."""
    found = _scalar(document, path)
    if found is None or not _PLAIN.match(document.text[found[0] : found[1]].strip("'\"")):
        return None
    return Edit(found[0], found[0], "["), Edit(found[1], found[1], "]")


def first_key(document: Document, path: Path, key: str, value: str) -> Edit | None:
    """Return the edit that puts ``key: value`` before the first key of the mapping at ``path``; None as above."""
    trail = _trail(document, path)
    if not trail or not isinstance(trail[-1][1], yaml.MappingNode) or not trail[-1][1].value:
        return None
    mapping, first = trail[-1][1], trail[-1][1].value[0][0]
    at = document.offset(first.start_mark)
    if _decorated(document, first):
        return None
    if mapping.flow_style:
        return Edit(at, at, f"{key}: {value}, ")
    if at != document.offset(mapping.start_mark):  # `? key`
        return None
    found = BREAK.search(document.text)
    newline = found.group() if found else "\n"
    return Edit(at, at, f"{key}: {value}{newline}{' ' * first.start_mark.column}")


def _scalar(document: Document, path: Path, *, key: bool = False) -> tuple[int, int, str] | None:
    """Return where the one-line scalar at ``path``, or its key, starts and ends, and its quotes."""
    trail = _trail(document, path)
    node = trail[-1][0 if key else 1] if trail else None
    if not isinstance(node, yaml.ScalarNode):
        return None
    start, end = document.offset(node.start_mark), document.offset(node.end_mark)
    written = document.text[start:end]
    if node.style in ("|", ">"):
        header, *lines = BREAK.split(written.rstrip())
        return (start, start + len(written.rstrip()), "") if len(lines) == 1 and not {"#", "+"} & {*header} else None
    if BREAK.search(written):
        return None
    if node.style:
        return (start, end, node.style) if len(written) > 1 and written[0] == written[-1] == node.style else None
    return (start, end, "") if written and written == node.value else None


def _trail(document: Document, path: Path) -> list[tuple[yaml.Node | None, yaml.Node]]:
    """Return the nodes on the way to ``path``; none where an anchor, an alias or a tag stands on it."""
    trail = document.trail(path)
    for (_, parent), (key, node) in pairwise(trail):
        begins = (key.end_mark if key is not None else parent.start_mark).index
        if (key is not None and (key.start_mark.index < parent.start_mark.index or _decorated(document, key))) or (
            not begins <= node.start_mark.index < parent.end_mark.index or _decorated(document, node)
        ):
            return []
    return trail


def _decorated(document: Document, node: yaml.Node) -> bool:
    """Whether an anchor or a tag stands before ``node``."""
    at = document.offset(node.start_mark)
    return document.text[at : at + 1] in ("&", "!")
