"""A file's text with the data that its YAML holds, and where each value stands. No I/O, no schema, no meaning."""

from __future__ import annotations

import marshal
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from incidentbook import compose
from incidentbook.frozen import frozen
from incidentbook.span import Span

BREAK = re.compile(r"\r\n|\r|\n")  # the line ends of YAML 1.2


@frozen
class Problem:
    """Something in the text that YAML 1.2 does not allow, or that this tool refuses to guess at."""

    message: str
    span: Span
    hint: str = ""


def point_behind(before: str, first_line: int = 1) -> Span:
    """Return the place of the character that follows ``before``, text that begins on ``first_line``; lines end as in YAML 1.2."""
    line = first_line + sum(1 for _ in BREAK.finditer(before))
    column = len(before) - max(before.rfind("\n"), before.rfind("\r"))
    return Span(line, column, line, column + 1)


@dataclass(slots=True)
class Document:
    """One file: its text, the data that its YAML holds, and where each value stands.

    Attributes:
        text: the whole text, a byte-order mark included: an edit of it keeps every other byte of the file.
        value: plain data (dict, list, str, int, float, bool, None); None when the YAML cannot be read at all.
        problems: what is wrong with the text itself; the value is then what could still be read.
        yaml_offset: where the YAML starts in ``text`` (after the ``---`` of front matter, after a byte-order mark).
        yaml_end: where it ends.
        body: the Markdown below the front matter; empty for a YAML file.
        body_line: the 1-based line on which the body starts.
        first_line: the 1-based line on which the YAML starts.

    """

    text: str
    value: Any = None
    problems: list[Problem] = field(default_factory=list)
    yaml_offset: int = 0
    yaml_end: int = 0
    body: str = ""
    body_line: int = 1
    first_line: int = 1
    _node: yaml.Node | None = None
    _keys: dict[int, dict[str, tuple[yaml.Node, yaml.Node]]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def root(self) -> yaml.Node | None:
        """The composed root node, made again on demand: nodes are ten times the size of the data."""
        if self._node is None:
            self._node = compose.again(self.text[self.yaml_offset : self.yaml_end])
        return self._node

    def node(self, path: Sequence[str | int]) -> yaml.Node | None:
        """Return the node at ``path``, or None where the path leads nowhere."""
        found, _ = self._walk(path)
        return found

    def trail(self, path: Sequence[str | int]) -> list[tuple[yaml.Node | None, yaml.Node]]:
        """Return the (key, value) nodes on the way to ``path``, the root first; none where the path leads nowhere."""
        found, trail = self._walk(path)
        return trail if found is not None else []

    def span(self, path: Sequence[str | int], *, key: bool = False) -> Span:
        """Return where the value at ``path`` stands, or its key with ``key``; the deepest existing parent otherwise."""
        _, trail = self._walk(path)
        if not trail:
            return Span()
        key_node, node = trail[-1]
        return self.span_of(key_node if key and key_node is not None else node)

    def lacks_keys(self, path: Sequence[str | int]) -> bool:
        """Whether the mapping at ``path`` holds keys that cannot be read, of which `problems` tell: its data is not all of it."""
        node = self.node(path) if self.problems else None
        return isinstance(node, yaml.MappingNode) and any(map(is_unreadable, (key for key, _ in node.value)))

    def offset(self, mark: yaml.Mark) -> int:
        """Return a node mark's 0-based offset in ``text``."""
        return int(mark.index) + self.yaml_offset

    def span_of(self, node: yaml.Node) -> Span:
        """Return where ``node`` stands in the file."""
        start, end = node.start_mark, node.end_mark
        end_line, end_column = end.line, end.column
        if end_line > start.line and not isinstance(node, yaml.ScalarNode):
            end_line, end_column = start.line, start.column + 1  # a collection is shown at its first character
        shift = self.first_line
        return Span(start.line + shift, start.column + 1, end_line + shift, end_column + 1)

    def _walk(self, path: Sequence[str | int]) -> tuple[yaml.Node | None, list[tuple[yaml.Node | None, yaml.Node]]]:
        """Follow ``path``; return the node reached (None when it ends early) and the (key, value) nodes on the way."""
        node = self.root
        if node is None:
            return None, []
        trail: list[tuple[yaml.Node | None, yaml.Node]] = [(None, node)]
        for step in path:
            pair = self._child(node, step)
            if pair is None:
                return None, trail
            trail.append(pair)
            node = pair[1]
        return node, trail

    def _child(self, node: yaml.Node, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
        if isinstance(node, yaml.SequenceNode):
            inside = isinstance(step, int) and 0 <= step < len(node.value)
            return (None, node.value[step]) if inside else None
        if not isinstance(node, yaml.MappingNode):
            return None
        if id(node) not in self._keys:  # of a key that is given twice the first counts, as in the data
            pairs = reversed(node.value)
            self._keys[id(node)] = {key.value: (key, value) for key, value in pairs if isinstance(key, yaml.ScalarNode)}
        return self._keys[id(node)].get(str(step))


@frozen
class Packed:
    """A document in a tenth of the room, and back again within 0.1 ms: reading the text anew takes twenty times as long."""

    text: bytes
    value: bytes
    problems: tuple[Problem, ...]
    ends: tuple[int, int, int, int, int]

    @classmethod
    def of(cls, document: Document) -> Packed:
        """Pack ``document``."""
        body = len(document.text) - len(document.body)
        ends = (document.yaml_offset, document.yaml_end, body, document.body_line, document.first_line)
        text = document.text.encode("utf-8", "surrogatepass")
        return cls(text, marshal.dumps(document.value), tuple(document.problems), ends)

    def unpacked(self) -> Document:
        """Return the document that was packed."""
        text = self.text.decode("utf-8", "surrogatepass")
        start, end, body, body_line, first_line = self.ends
        value, problems = marshal.loads(self.value), list(self.problems)  # noqa: S302 - our own bytes, of this very process
        return Document(text, value, problems, start, end, text[body:], body_line, first_line)


def is_unreadable(key: yaml.Node) -> bool:
    """Whether a key is none: a collection, or the merge key of YAML 1.1."""
    return not isinstance(key, yaml.ScalarNode) or (key.value == "<<" and not key.style)
