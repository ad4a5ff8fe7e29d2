"""YAML text to the tree that loses nothing. No I/O.

What the tree has no place for (an anchor, an alias, a tag, a `?` key, a document end) is refused: a merge that is not sure of a
text leaves it to Git.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from incidentbook import source
from incidentbook.document import Document
from incidentbook.edit import end_of
from incidentbook.errors import EditError
from incidentbook.merge import identity
from incidentbook.merge.tree import Block, Flow, Leaf, Line, Member, Name, Value

_COLON = re.compile(r"[ \t]*:")
_NOTE = re.compile(r"[ \t]*(?:#[^\n]*)?\Z")
_BETWEEN = re.compile(r"[ \t\n,]*\Z")
_COMMENT = re.compile(r"(?:^|(?<=[ \t\n]))#[^\n]*")
_CHARACTER = {True: "{", False: "["}


class UnweavableError(Exception):
    """A text that cannot be merged by what it says; the message says why.

    Attributes:
        side: whose text it is; empty where that is not known.

    """

    def __init__(self, message: str, side: str = "") -> None:
        """Keep both."""
        super().__init__(message)
        self.side = side


def read(text: str) -> Block:
    """Return the tree of a YAML text whose lines all end in a line feed.

    Raises:
        UnweavableError: it cannot be read, is no mapping, or is laid out in a way that the tree has no place for.

    """
    document = source.load(text)
    if document.problems:
        problem = document.problems[0]
        raise UnweavableError(f"line {problem.span.line}: {problem.message}")
    root = document.root
    if not isinstance(document.value, dict) or not isinstance(root, yaml.MappingNode) or not root.value:
        raise UnweavableError("it is no mapping")
    if root.flow_style:
        raise UnweavableError("all of it is written in braces")
    try:
        return _Reader(document).block(root, document.value, 0, len(text), None)
    except EditError as error:
        raise UnweavableError(str(error)) from error


class _Reader:
    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text

    def block(
        self, node: yaml.CollectionNode, data: Any, start: int, stop: int, inline: tuple[int, str] | None
    ) -> Block:
        """Read the collection whose lines begin at ``start`` and end before ``stop``.

        Args:
            node: of the collection.
            data: what it means.
            start: where its lines begin, or its first member where it is ``inline``.
            stop: where its lines end.
            inline: the column of the dash that the first member stands behind, and the blanks between; None where it does not.

        """
        is_mapping, column = isinstance(node, yaml.MappingNode), int(node.start_mark.column)
        found: list[Member] = []
        head: tuple[Line, ...] = ()
        names: list[Name] = [key.value for key, _ in node.value] if is_mapping else list(identity.names(data))
        for index, child in enumerate(node.value):
            key, value = child if is_mapping else (None, child)
            lead: tuple[Line, ...] = ()
            begin = start
            if inline is None or index:
                begin = self.begin(key, value, start, column)
                lead = self.lines(start, begin - column, column)
            if index == 0:
                head, lead = lead, ()
            inner = data[names[index]] if is_mapping else data[index]
            member, start = self.member(names[index], begin, key, value, inner, stop)
            found.append(Member(member.name, member.mark, member.value, column, lead, member.note, member.tail))
        foot = self.lines(start, stop, column)
        origin, gap = inline if inline is not None else (0, None)
        return Block(is_mapping, column, tuple(found), origin, head, foot, gap)

    def begin(self, key: yaml.Node | None, value: yaml.Node, start: int, column: int) -> int:
        """Return where the mark of a member stands: the key, or the dash, alone on its line but for what follows."""
        if key is not None:
            begin = int(key.start_mark.index)
        else:
            begin = start
            while not self.text.startswith(" " * column + "-", begin):
                begin = self.text.find("\n", begin) + 1
                if not 0 < begin <= value.start_mark.index:
                    raise UnweavableError("it holds an alias, or a list of an unusual layout")
            begin += column
        if self.text[self.text.rfind("\n", 0, begin) + 1 : begin] != " " * column:
            raise UnweavableError("a key stands where none is looked for")
        return begin

    def member(
        self, name: Name, begin: int, key: yaml.Node | None, value: yaml.Node, data: Any, stop: int
    ) -> tuple[Member, int]:
        """Read the member whose mark stands at ``begin``; return it and where its lines end."""
        column = begin - self.text.rfind("\n", 0, begin) - 1
        marked = self.marked(key, begin)
        opening = int(value.start_mark.index)
        if opening < marked or self.text[opening : opening + 1] in ("&", "!", "*"):
            raise UnweavableError("it holds an alias, an anchor or a tag")
        end = end_of(self.document, value)
        after = end if self.text[end - 1] == "\n" else self.text.find("\n", end) + 1
        last = self.own_end(after, stop, column)
        mark, between = self.text[begin:marked], self.text[marked:opening]
        if isinstance(value, yaml.CollectionNode) and not value.flow_style and value.value:
            if "\n" not in between:
                inner = self.block(value, data, opening, last, (column, between))
                return Member(name, mark, inner), last
            note, lines = between.split("\n", 1)[0], self.text.find("\n", marked) + 1
            block = self.block(value, data, lines, last, None)
            block = Block(block.is_mapping, block.column, block.members, column, block.head, block.foot)
            return Member(name, mark, block, note=self.note(note)), last
        end = min(end, after - 1)  # the line end behind a text that keeps its blank lines is not its own
        leaf = self.value(value, data, self.text[marked:opening], end, column)
        note = self.note(self.text[end : after - 1])
        return Member(name, mark, leaf, note=note, tail=self.lines(after, last, column)), last

    def marked(self, key: yaml.Node | None, begin: int) -> int:
        """Return where the mark that stands at ``begin`` ends."""
        if key is None:
            if self.text[begin : begin + 1] != "-":
                raise UnweavableError("it holds an anchor or a tag")
            return begin + 1
        colon = _COLON.match(self.text, key.end_mark.index)
        if colon is None or self.text[begin : begin + 1] in ("&", "!", "*"):
            raise UnweavableError("it holds a key of an unusual layout")
        return colon.end()

    def note(self, text: str) -> str:
        if not _NOTE.match(text):
            raise UnweavableError("something stands behind a value")
        return text

    def value(self, node: yaml.Node, data: Any, gap: str, end: int, origin: int) -> Value:
        """Read a scalar, or a collection in brackets."""
        opening = int(node.start_mark.index)
        if "\n" not in gap and isinstance(node, yaml.CollectionNode):
            flow = self.flow(node, data, gap, end, origin)
            if flow is not None:
                return flow
        raw = gap + self.text[opening:end]
        comments = tuple(match.group().strip() for match in _COMMENT.finditer(gap))
        if isinstance(node, yaml.CollectionNode):
            comments = tuple(match.group().strip() for match in _COMMENT.finditer(raw))
        elif isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            comments += tuple(match.group().strip() for match in _COMMENT.finditer(raw.split("\n", 1)[0]))
        return Leaf(raw, data, origin, comments)

    def flow(self, node: yaml.CollectionNode, data: Any, gap: str, end: int, origin: int) -> Flow | None:
        """Read a collection in brackets; None where comments stand within, or its layout is unusual."""
        is_mapping, at = isinstance(node, yaml.MappingNode), int(node.start_mark.index) + 1
        if self.text[at - 1] != _CHARACTER[is_mapping]:
            return None
        opened, found = gap + self.text[at - 1], []
        names: list[Name] = [key.value for key, _ in node.value] if is_mapping else list(identity.names(data))
        for index, child in enumerate(node.value):
            key, value = child if is_mapping else (None, child)
            begin, opening = int((key or value).start_mark.index), int(value.start_mark.index)
            sep = self.text[at:begin]
            colon = _COLON.match(self.text, key.end_mark.index) if key is not None else None
            marked = colon.end() if colon else begin
            if (key is not None and not colon) or not _BETWEEN.match(sep) or not at <= begin <= marked <= opening:
                return None
            if self.text[opening] in "&!*" or self.text[begin] in "&!*?":
                return None
            at = int(value.end_mark.index)
            inner = data[names[index]] if is_mapping else data[index]
            made = self.value(value, inner, self.text[marked:opening], at, origin)
            found.append(Member(names[index], self.text[begin:marked], made, sep=sep))
        closed = self.text[at:end]
        return Flow(is_mapping, opened, tuple(found), closed, origin) if _BETWEEN.match(closed[:-1]) else None

    def own_end(self, start: int, stop: int, column: int) -> int:
        """Return the end of the comment lines from ``start`` on that are indented deeper than ``column``."""
        end = start
        while start < stop:
            after = self.text.find("\n", start) + 1
            line = self.text[start:after]
            content = line.lstrip(" ")
            if content.startswith("#") and len(line) - len(content) > column:
                end = after
            elif content.strip():
                break
            start = after
        return end

    def lines(self, start: int, stop: int, column: int) -> tuple[Line, ...]:
        """Read comments and blank lines, which belong to something at ``column``."""
        found = []
        for line in self.text[start:stop].split("\n")[:-1] if start < stop else ():
            content = line.lstrip(" ")
            if content.startswith("#"):
                found.append(Line(len(line) - len(content) - column, content))
            elif line.strip(" \t"):
                raise UnweavableError(f"`{line.strip()}` stands where a comment could")
            else:
                found.append(Line(None, line))
        return tuple(found)
