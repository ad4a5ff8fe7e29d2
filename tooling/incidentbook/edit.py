"""Edits of YAML text that keep every other byte: splices at the marks of composed nodes. No I/O.

Nothing is dumped again but the value that changes, so comments, key order, quoting, blank lines and line ends stay. Every
edit is proven before it is handed out: the text that it gives is read again and must hold what was asked for, and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from incidentbook import source
from incidentbook.document import BREAK, Document
from incidentbook.errors import EditError
from incidentbook.span import Edit
from incidentbook.yaml12 import Flow, dump, dump_flow

Path = Sequence[str | int]
_COMMENT = re.compile(r"[ \t]+#[^\r\n]*|[ \t]+(?=[\r\n]|\Z)")

_LAST_ITEM = re.compile(r"([\r\n] *)(- [^\r\n]*[\r\n]*)\Z")  # the dumper does not indent lists; most records do


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Return ``text`` with all ``edits`` made; insertions at one place stand in the order given.

    Raises:
        EditError: two of them overlap.

    """
    result = text
    last = len(text)
    for edit in sorted(edits, key=lambda item: (item.start, item.end))[::-1]:
        if edit.end > last:
            raise EditError("Two edits change the same place")
        result = result[: edit.start] + edit.text + result[edit.end :]
        last = edit.start
    return result


def set_value(document: Document, path: Path, value: object) -> Edit:
    """Return the edit that makes the value at ``path`` be ``value``; a missing last key is added to its mapping.

    Raises:
        EditError: the parent does not exist or is not a mapping, or the change cannot be made without touching another value
            (an alias, an anchor).

    """
    return set_in(document, path, value)[0]


def set_in(document: Document, path: Path, value: object) -> tuple[Edit, Document]:
    """Return what `set_value` does, and the document after it, which has been read anyhow. Raises EditError."""
    value = _plain(value)
    return _proven(document, _set(document, path, value), path, value)


def append_item(document: Document, path: Path, value: object) -> Edit:
    """Return the edit that adds ``value`` at the end of the list at ``path``; a missing list is made.

    Raises:
        EditError: the value at ``path`` is not a list, or the change cannot be made without touching another value.

    """
    return append_in(document, path, value)[0]


def append_in(document: Document, path: Path, value: object) -> tuple[Edit, Document]:
    """Return what `append_item` does, and the document after it, which has been read anyhow. Raises EditError."""
    value = _plain(value)
    node = document.node(path)
    if node is None or (isinstance(node, yaml.ScalarNode) and node.value == "" and not node.style):
        first = Flow(value) if isinstance(value, dict) else value  # an entry on one line, as in most records
        made = _set(document, path, [first])
        is_line = isinstance(value, dict) or (isinstance(value, str) and not BREAK.search(value))
        if node is None and is_line:
            made = Edit(made.start, made.end, _LAST_ITEM.sub(r"\1  \2", made.text))
        return _proven(document, made, path, [value])
    if not isinstance(node, yaml.SequenceNode):
        raise EditError(f"`{_dotted(path)}` is not a list")
    return _proven(document, _append(document, path, node, value), [*path, len(node.value)], value)


def remove_in(document: Document, path: Path) -> tuple[Edit, Document]:
    """Return the edit that takes the key at ``path`` out, with its value and the comment behind it, and the document after it.

    Raises:
        EditError: there is no such key, it is the first of its mapping, or it cannot go without touching another value.

    """
    parent = document.node(path[:-1]) if path else None
    if not isinstance(parent, yaml.MappingNode):
        raise EditError(f"`{_dotted(path)}` is no key of a mapping")
    pairs: list[Any] = parent.value
    place = next((index for index, (key, _) in enumerate(pairs) if key.value == path[-1]), 0)
    if not place:
        raise EditError(f"`{_dotted(path)}` cannot be taken out", hint="Take it out by hand.")
    key, node = pairs[place]
    if parent.flow_style:
        made = Edit(end_of(document, pairs[place - 1][1]), end_of(document, node), "")
    else:
        start, end = document.offset(key.start_mark) - key.start_mark.column, end_of(document, node)
        if document.text[end - 1] not in "\r\n":  # else a block text that keeps its blank lines
            comment = _COMMENT.match(document.text, end)
            end = comment.end() if comment else end
            newline = BREAK.match(document.text, end)
            end = newline.end() if newline else end
        made = Edit(start, end, "")
    mapping = document.value
    for step in path[:-1]:
        mapping = mapping[step]
    left = {name: value for name, value in mapping.items() if name != path[-1]}
    return _proven(document, made, path[:-1], left)


def _set(document: Document, path: Path, value: Any) -> Edit:
    node = document.node(path)
    if node is None:
        return _add_key(document, path, value)
    start, end = document.offset(node.start_mark), end_of(document, node)
    comment = _COMMENT.match(document.text, end)
    text = _value_text(document, path, value, one_line=comment is not None and "#" in comment.group())
    if end > start and document.text[end - 1] in "\r\n":  # a block text that kept its blank lines
        text += _newline(document)
    while start and text[0] in "\r\n" and document.text[start - 1] in " \t":
        start -= 1  # no blanks are left at the end of the key's line
    lead = "" if start == 0 or text[0] in "\r\n" or document.text[start - 1] in " \t\r\n[{,\ufeff" else " "
    return Edit(start, end, lead + text)


def _append(document: Document, path: Path, node: yaml.SequenceNode, value: Any) -> Edit:
    if node.flow_style:
        return _insert_in_flow(document, node, dump_flow(value, nested=True))
    if _inside_flow(document, path):
        raise EditError(f"`{_dotted(path)}` cannot be added to")
    column = node.start_mark.column
    last = node.value[-1]
    flow = getattr(last, "flow_style", False)  # an item is written in the style of the one before it
    lines = [f"- {dump_flow(value)}"] if flow and isinstance(value, Mapping | list) else _dumped([value])
    return _insert_lines(document, end_of(document, node), " " * column, lines)


def _add_key(document: Document, path: Path, value: Any) -> Edit:
    if not path or not isinstance(path[-1], str):
        raise EditError(f"There is no `{_dotted(path)}` to change")
    parent = document.node(path[:-1])
    empty = isinstance(parent, yaml.ScalarNode) and parent.value == "" and not parent.style
    if empty or (parent is None and len(path) > 1):
        return _set(document, path[:-1], {path[-1]: value})
    if not isinstance(parent, yaml.MappingNode):
        raise EditError(f"`{_dotted(path[:-1]) or 'the file'}` is not a mapping")
    if parent.flow_style:
        return _insert_in_flow(document, parent, dump_flow({path[-1]: value})[1:-1])
    column = parent.value[0][0].start_mark.column
    return _insert_lines(document, end_of(document, parent), " " * column, _dumped({path[-1]: value}))


def _insert_in_flow(document: Document, node: yaml.CollectionNode, text: str) -> Edit:
    """Insert behind the last member of ``[]`` or ``{}``, before a comma or a comment that follows it."""
    if not node.value:
        inside = document.offset(node.end_mark) - 1
        return Edit(inside, inside, text)
    last: Any = node.value[-1]
    at = end_of(document, last[1] if isinstance(node, yaml.MappingNode) else last)
    if not document.offset(node.start_mark) < at < document.offset(node.end_mark):
        raise EditError("A list or mapping that ends in an alias cannot be added to")
    return Edit(at, at, f", {text}")


def _insert_lines(document: Document, at: int, pad: str, lines: list[str]) -> Edit:
    """Insert whole lines below the one that ``at`` is on, behind its comment."""
    newline = _newline(document)
    text = newline.join(pad + line if line else line for line in lines)
    if at and document.text[at - 1] in "\r\n":  # behind a block text that keeps its blank lines
        return Edit(at, at, text + newline)
    comment = _COMMENT.match(document.text, at)
    at = comment.end() if comment else at
    return Edit(at, at, newline + text)


def _value_text(document: Document, path: Path, value: Any, *, one_line: bool) -> str:
    """Write ``value`` to stand behind its key: on the same line, or in lines below it unless a comment follows."""
    inside = _inside_flow(document, path)
    text_lines = isinstance(value, str) and "\n" in value
    if inside or one_line or not value or not (text_lines or isinstance(value, Mapping | list)):
        return dump_flow(value, nested=inside)
    pad = " " * (_column_of_key(document, path) + (0 if text_lines else 2))
    newline = _newline(document)
    if not text_lines:
        lines = _dumped(value)
        return newline + newline.join(pad + line if line else line for line in lines)
    first, *rest = _dumped({"k": value})
    return newline.join([first.removeprefix("k: "), *(pad + line if line else line for line in rest)])


def _dumped(value: Any) -> list[str]:
    """Return ``value`` in block style as lines, without the `...` that libyaml puts behind a text ending in blank lines."""
    lines = dump(value).split("\n")[:-1]
    return lines[:-1] if lines[-1] == "..." else lines


def end_of(document: Document, node: yaml.Node) -> int:
    """Return the offset just behind the last character that belongs to ``node``.

    libyaml ends a block collection at the next token, past blank lines and comments; its last leaf ends where it ends.
    """
    leaf = node
    while (
        not getattr(leaf, "flow_style", None) and isinstance(leaf, yaml.MappingNode | yaml.SequenceNode) and leaf.value
    ):
        child: Any = leaf.value[-1]
        inner = child[1] if isinstance(leaf, yaml.MappingNode) else child
        if inner.start_mark.index < leaf.start_mark.index:
            raise EditError("A list or mapping that ends in an alias cannot be added to")
        leaf = inner
    start, end = document.offset(leaf.start_mark), document.offset(leaf.end_mark)
    if isinstance(leaf, yaml.ScalarNode) and leaf.style in ("|", ">"):
        header = BREAK.split(document.text[start:end], maxsplit=1)[0]
        if "+" in header.split("#")[0]:
            return end
        return start + len(document.text[start:end].rstrip(" \t\r\n"))
    return end


def _proven(document: Document, edit: Edit, path: Path, value: Any) -> tuple[Edit, Document]:
    """Return ``edit``, and the document that it gives, once that has been read and holds what it should. Raises EditError."""
    read = source.load_front_matter if document.first_line > 1 else source.load
    after = read(apply(document.text, [edit]))
    expected = _with(document.value, path, value)
    if not _same(after.value, expected) or len(after.problems) > len(document.problems):
        raise EditError(
            f"`{_dotted(path)}` cannot be changed without changing something else",
            hint="An alias, an anchor or an unusual layout is in the way: change it by hand.",
        )
    return edit, after


def _with(data: Any, path: Path, value: Any) -> Any:
    """Return ``data`` with ``value`` at ``path``; what lies beside the path is shared, not copied."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    if isinstance(data, list) and isinstance(step, int):
        inner = _with(data[step] if step < len(data) else None, rest, value)
        return [*data[:step], inner, *data[step + 1 :]]
    members = data if isinstance(data, dict) else {}
    return {**members, str(step): _with(members.get(str(step)), rest, value)}


def _same(first: Any, second: Any) -> bool:
    """Whether two pieces of plain data are equal in type, value and order of keys."""
    if type(first) is not type(second):
        return False
    if isinstance(first, dict):
        return list(first) == list(second) and all(_same(first[key], second[key]) for key in first)
    if isinstance(first, list):
        return len(first) == len(second) and all(map(_same, first, second))
    return bool(first == second) or (first != first and second != second)  # noqa: PLR0124 - NaN equals nothing


def _plain(value: object) -> Any:
    """Return ``value`` with lists for tuples and plain text for anything that is a kind of text (an enumeration)."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def _newline(document: Document) -> str:
    found = BREAK.search(document.text)
    return found.group() if found else "\n"


def _inside_flow(document: Document, path: Path) -> bool:
    parents = (document.node(path[:depth]) for depth in range(len(path)))
    return any(getattr(node, "flow_style", False) for node in parents)


def _column_of_key(document: Document, path: Path) -> int:
    """Return the 0-based column of the key that the value at ``path`` belongs to; of its list's dashes for an item."""
    if not path:
        return 0
    if isinstance(path[-1], str):
        return document.span(path, key=True).column - 1
    parent = document.node(path[:-1])
    return parent.start_mark.column if parent is not None else 0


def _dotted(path: Path) -> str:
    return ".".join(str(step) for step in path)
