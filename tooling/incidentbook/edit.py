"""Edits of YAML text that keep every other byte: splices at the marks of composed nodes. No I/O.

Nothing is dumped again but the value that changes, so comments, key order, quoting, blank lines and line ends stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from incidentbook.errors import EditError
from incidentbook.finding import Edit
from incidentbook.source import Document
from incidentbook.yaml12 import dump, dump_flow

Path = Sequence[str | int]


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return ``text`` with all ``edits`` made. Raises EditError when two of them overlap."""
    result = text
    last = len(text) + 1
    for edit in sorted(edits, key=lambda item: (item.start, item.end), reverse=True):
        if edit.end > last:
            raise EditError("Two edits change the same place")
        result = result[: edit.start] + edit.text + result[edit.end :]
        last = edit.start
    return result


def set_value(document: Document, path: Path, value: object) -> Edit:
    """Return the edit that makes the value at ``path`` be ``value``; a missing last key is added to its mapping.

    Raises:
        EditError: the parent does not exist, or is not a mapping.

    """
    node = document.node(path)
    if node is None:
        return _add_key(document, path, value)
    start, end = document.offset(node.start_mark), _end(document, node)
    if isinstance(value, Mapping | list | tuple) and not _inside_flow(document, path):
        column = _column_of_key(document, path)
        return Edit(start, end, _block(document, value, column + 2, leading=True))
    lead = "" if start == 0 or document.text[start - 1] in " \n[{," else " "
    return Edit(start, end, lead + dump_flow(value))


def append_item(document: Document, path: Path, value: object) -> Edit:
    """Return the edit that adds ``value`` at the end of the list at ``path``; a missing list is made.

    Raises:
        EditError: the value at ``path`` is not a list.

    """
    node = document.node(path)
    if node is None or (isinstance(node, yaml.ScalarNode) and node.value == ""):
        return set_value(document, path, [value])
    if not isinstance(node, yaml.SequenceNode):
        raise EditError(f"`{_dotted(path)}` is not a list")
    if node.flow_style:
        inside = document.offset(node.end_mark) - 1
        return Edit(inside, inside, (", " if node.value else "") + dump_flow(value))
    column = node.start_mark.column
    item = _item_text(node, value, column)
    at = _end(document, node)
    return Edit(at, at, _newline(document) + item.rstrip("\n").replace("\n", _newline(document)))


def _item_text(node: yaml.SequenceNode, value: object, column: int) -> str:
    """Write a list item in the style of the last one: flow stays flow, block stays block."""
    last = node.value[-1]
    pad = " " * column
    if isinstance(value, Mapping | list) and not getattr(last, "flow_style", False):
        lines = dump([value]).splitlines()
        return "\n".join(pad + line for line in lines)
    return f"{pad}- {dump_flow(value)}"


def _add_key(document: Document, path: Path, value: object) -> Edit:
    if not path or not isinstance(path[-1], str):
        raise EditError(f"There is no `{_dotted(path)}` to change")
    parent = document.node(path[:-1])
    if isinstance(parent, yaml.ScalarNode) and parent.value == "" or (parent is None and len(path) > 1):
        return set_value(document, path[:-1], {path[-1]: value})
    if not isinstance(parent, yaml.MappingNode):
        raise EditError(f"`{_dotted(path[:-1]) or 'the file'}` is not a mapping")
    if parent.flow_style:
        inside = document.offset(parent.end_mark) - 1
        comma = ", " if parent.value else ""
        return Edit(inside, inside, f"{comma}{dump_flow(path[-1])}: {dump_flow(value)}")
    column = parent.value[0][0].start_mark.column
    at = _end(document, parent)
    text = _block(document, {path[-1]: value}, column, leading=False)
    return Edit(at, at, _newline(document) + text)


def _block(document: Document, value: object, indent: int, *, leading: bool) -> str:
    """Return ``value`` in block style at ``indent``, with the file's line ends; on a line of its own with ``leading``."""
    newline = _newline(document)
    if leading and not value:
        return dump_flow(value)
    lines = dump(value).rstrip("\n").splitlines()
    pad = " " * indent
    text = newline.join(pad + line if line else line for line in lines)
    return newline + text if leading else text


def _end(document: Document, node: yaml.Node) -> int:
    """Return the offset just behind the last character that belongs to ``node``.

    libyaml ends a block collection at the next token, past blank lines and comments; its last leaf ends where it ends.
    """
    leaf = node
    while not getattr(leaf, "flow_style", None) and isinstance(leaf, yaml.MappingNode | yaml.SequenceNode) and leaf.value:
        child: Any = leaf.value[-1]
        leaf = child[1] if isinstance(leaf, yaml.MappingNode) else child
    end = document.offset(leaf.end_mark)
    if isinstance(leaf, yaml.ScalarNode) and leaf.style in ("|", ">"):
        start = document.offset(leaf.start_mark)
        return start + len(document.text[start:end].rstrip())
    return end


def _newline(document: Document) -> str:
    found = re.search(r"\r\n|\n|\r", document.text)
    return found.group() if found else "\n"


def _inside_flow(document: Document, path: Path) -> bool:
    parents = (document.node(path[:depth]) for depth in range(len(path)))
    return any(getattr(node, "flow_style", False) for node in parents)


def _column_of_key(document: Document, path: Path) -> int:
    """Return the 0-based column of the key that the value at ``path`` belongs to."""
    keys = [step for step in path if isinstance(step, str)]
    return document.span(path, key=True).column - 1 if keys else 0


def _dotted(path: Path) -> str:
    return ".".join(str(step) for step in path)
